-- name: keep_objects
-- Locks the rows until the commit: the sweep cannot take an object that somebody is just storing again.
insert into files.object (sha256, byte_count, stored_at)
select n.sha256, n.byte_count, %(now)s
from unnest(%(sha256)s::bytea[], %(byte_count)s::int[]) as n (sha256, byte_count)
order by n.sha256
on conflict (sha256) do update set stored_at = excluded.stored_at

-- name: add_file
insert into files.file
    (id, party_id, source_sha256, name, width, height, full_sha256, small_sha256, added_at, free_since)
values (%(id)s, %(party_id)s, %(source_sha256)s, %(name)s, %(width)s, %(height)s, %(full_sha256)s, %(small_sha256)s,
        %(now)s, %(now)s)
on conflict (party_id, source_sha256) do nothing

-- name: keep_again
-- The same upload once more: what was free stays for another day.
update files.file set free_since = case when free_since is null then null else %(now)s::timestamptz end
where party_id = %(party_id)s and source_sha256 = %(source_sha256)s
returning id, party_id, name, width, height, full_sha256, small_sha256, added_at

-- name: count_free
select count(*) from files.file f where f.party_id = %(party_id)s and f.free_since is not null

-- name: find_own_file
select f.id, f.party_id, f.name, f.width, f.height, f.full_sha256, f.small_sha256, f.added_at
from files.file f
where f.id = %(file_id)s
  and (%(is_whole)s or f.party_id = any (%(party_ids)s)) -- scope

-- name: lock_file
select f.id from files.file f where f.id = %(file_id)s for update

-- name: find_file
select f.id, f.party_id, f.name, f.width, f.height, f.full_sha256, f.small_sha256, f.added_at
from files.file f where f.id = %(file_id)s

-- name: add_files
insert into files.file
    (id, party_id, source_sha256, name, width, height, full_sha256, small_sha256, added_at, free_since)
select n.id, %(party_id)s, n.source_sha256, n.name, n.width, n.height, n.full_sha256, n.small_sha256, %(now)s, %(now)s
from unnest(%(id)s::uuid[], %(source_sha256)s::bytea[], %(name)s::text[], %(width)s::int[], %(height)s::int[],
            %(full_sha256)s::bytea[], %(small_sha256)s::bytea[])
     as n (id, source_sha256, name, width, height, full_sha256, small_sha256)

-- name: add_uses
insert into files.use (file_id, kind, object_id)
select n.file_id, %(kind)s, n.object_id
from unnest(%(file_id)s::uuid[], %(object_id)s::text[]) as n (file_id, object_id)
on conflict do nothing

-- name: end_use
delete from files.use where file_id = %(file_id)s and kind = %(kind)s and object_id = %(object_id)s

-- name: mark_use
-- A file is free exactly while nothing uses it.
update files.file f
set free_since = case when exists (select from files.use u where u.file_id = f.id) then null
                      else coalesce(f.free_since, %(now)s::timestamptz) end
where f.id = any (%(file_ids)s::uuid[])

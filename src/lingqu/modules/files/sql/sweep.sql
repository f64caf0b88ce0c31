-- name: drop_free_files
delete from files.file
where id in (select f.id from files.file f where f.free_since < %(before)s
             order by f.free_since limit %(limit)s for update skip locked)
  and not exists (select from files.use u where u.file_id = files.file.id)
returning id

-- name: lock_idle_objects
-- Objects that no file is made of; the lock makes who stores the same content again wait until they are gone.
select o.sha256
from files.object o
where o.stored_at < %(before)s
  and not exists (select from files.file f where f.full_sha256 = o.sha256)
  and not exists (select from files.file f where f.small_sha256 = o.sha256)
order by o.sha256
limit %(limit)s
for update of o skip locked

-- name: drop_objects
delete from files.object o where o.sha256 = any (%(sha256)s::bytea[])

-- name: claim_strays
-- Objects in the store that no row knows: a row of our own makes who is just storing the same wait, or us for them.
insert into files.object (sha256, byte_count, stored_at)
select n.sha256, 1, %(now)s from unnest(%(sha256)s::bytea[]) as n (sha256)
order by n.sha256
on conflict (sha256) do nothing
returning sha256

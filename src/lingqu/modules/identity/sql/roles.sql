-- name: set_built_in_roles
insert into identity.role as r (party_id, organization_kind, code, name_zh, name_en, permissions)
select null, n.organization_kind, n.code, n.name_zh, n.name_en, string_to_array(n.permissions, ' ')
from unnest(%(organization_kind)s::text[], %(code)s::text[], %(name_zh)s::text[], %(name_en)s::text[],
            %(permissions)s::text[]) as n (organization_kind, code, name_zh, name_en, permissions)
on conflict (party_id, organization_kind, code) do update
set name_zh = excluded.name_zh, name_en = excluded.name_en, permissions = excluded.permissions,
    version = r.version + 1
where (r.name_zh, r.name_en, r.permissions)
      is distinct from (excluded.name_zh, excluded.name_en, excluded.permissions)

-- name: find_built_in_roles
select id, organization_kind, code from identity.role where party_id is null

-- name: set_permissions
insert into identity.permission as p (code, name_zh, name_en)
select n.code, n.name_zh, n.name_en
from unnest(%(code)s::text[], %(name_zh)s::text[], %(name_en)s::text[]) as n (code, name_zh, name_en)
on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en
where (p.name_zh, p.name_en) is distinct from (excluded.name_zh, excluded.name_en)

-- name: list_permissions
-- The rights that a kind of organization can have at all: those of its manager.
select p.code, p.name_zh, p.name_en
from identity.permission p
join identity.role r on r.party_id is null and r.organization_kind = %(kind)s and r.code = 'manager'
where p.code = any(r.permissions)

-- name: list_roles
-- The built-in roles of the caller's kind and its organization's own.
select r.id, r.party_id is null as is_built_in, r.code, r.name_zh, r.name_en, r.permissions, r.version,
       (select count(*) from identity.assignment a where a.role_id = r.id and a.party_id = %(party_id)s) as holder_count
from identity.role r
where r.organization_kind = %(kind)s
  and (%(is_built_in)s::boolean is null or (r.party_id is null) = %(is_built_in)s)
  and (%(text)s::text is null or strpos(lower(r.name_zh), lower(%(text)s)) > 0
       or strpos(lower(r.name_en), lower(%(text)s)) > 0 or strpos(r.code, lower(%(text)s)) > 0)
  and (r.party_id is null or r.party_id = %(party_id)s) -- scope

-- name: show_role
select r.id, r.party_id is null as is_built_in, r.code, r.name_zh, r.name_en, r.permissions, r.version,
       (select count(*) from identity.assignment a where a.role_id = r.id and a.party_id = %(party_id)s) as holder_count
from identity.role r
where r.id = %(id)s and r.organization_kind = %(kind)s
  and (r.party_id is null or r.party_id = %(party_id)s) -- scope

-- name: read_own_role
select r.id, false as is_built_in, r.code, r.name_zh, r.name_en, r.permissions, r.version,
       (select count(*) from identity.assignment a where a.role_id = r.id) as holder_count
from identity.role r
where r.id = %(id)s and r.party_id is not null
  and r.party_id = %(party_id)s -- scope

-- name: add_role
insert into identity.role (party_id, organization_kind, code, name_zh, name_en, permissions)
values (%(party_id)s, %(kind)s, %(code)s, %(name_zh)s, %(name_en)s, %(permissions)s)
on conflict (party_id, organization_kind, code) do nothing
returning id

-- name: edit_role
update identity.role
set name_zh = %(name_zh)s, name_en = %(name_en)s, permissions = %(permissions)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: count_role_holders
select count(*) from identity.assignment where role_id = %(id)s

-- name: delete_role
delete from identity.role where id = %(id)s

-- name: find_roles_of
-- Those of the wanted roles that a party of a kind may give, with the rights they hold.
select r.id, r.permissions
from identity.role r
where r.id = any(%(ids)s) and r.organization_kind = %(kind)s
  and (r.party_id is null or r.party_id = %(party_id)s)

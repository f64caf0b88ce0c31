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

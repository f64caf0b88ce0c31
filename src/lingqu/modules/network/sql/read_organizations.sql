-- name: list_organizations
select o.id, o.kind, o.code, o.name, o.name_en, o.level, o.status, o.parent_id, p.name as parent_name, o.region_id,
       r.name_zh as region_zh, r.name_en as region_en, o.contact_name, o.contact_phone, o.sort_key, o.created_at
from network.organization o
left join network.organization p on p.id = o.parent_id
left join identity.region r on r.id = o.region_id
where (%(kind)s::text is null or o.kind = %(kind)s)
  and (%(status)s::text is null or o.status = %(status)s)
  and (%(parent_id)s::int is null or o.parent_id = %(parent_id)s)
  and (%(region_id)s::int is null or o.region_id = %(region_id)s)
  and (%(keys)s::text[] is null or o.search @> %(keys)s)
  and (%(is_whole)s or o.id = any(%(organization_ids)s)) -- scope

-- name: read_organization
select o.id, o.party_id, o.kind, o.code, o.name, o.name_en, o.level, o.status, o.parent_id, p.name as parent_name,
       o.credit_code, o.region_id, r.name_zh as region_zh, r.name_en as region_en, o.address, o.latitude, o.longitude,
       o.contact_name, o.contact_phone, o.time_zone, o.currency, o.contract_from, o.contract_until, o.created_at,
       o.version
from network.organization o
left join network.organization p on p.id = o.parent_id
left join identity.region r on r.id = o.region_id
where o.id = %(id)s
  and (%(is_whole)s or o.id = any(%(organization_ids)s)) -- scope

-- name: set_status
update network.organization set status = %(to_status)s, version = version + 1
where id = %(id)s and version = %(version)s and status = %(from_status)s

-- name: add_step
insert into network.step (organization_id, name, from_status, to_status, user_id, actor_name, reason, taken_at)
values (%(organization_id)s, %(name)s, %(from_status)s, %(to_status)s, %(user_id)s, %(actor_name)s, %(reason)s, %(now)s)

-- name: find_steps
select id, name, from_status, to_status, actor_name, reason, taken_at
from network.step where organization_id = %(organization_id)s order by id

-- name: count_open_below
select count(*) from network.organization where parent_id = %(id)s and status <> 'closed'

-- name: find_sellers_around
-- The organization itself and everybody who sells to it.
select %(id)s::int union select seller_id from network.trade_link where buyer_id = %(id)s

-- name: find_above
-- A parent that the caller may see, and who decides after it: the organization above it, or else the platform.
select o.party_id, o.time_zone, o.currency, coalesce(a.party_id, p.party_id, o.party_id) as second_party_id
from network.organization o
left join network.organization a on a.id = o.parent_id
left join lateral (
    select party_id from network.organization where kind = 'platform' order by id limit 1
) p on true
where o.id = %(id)s and o.status <> 'closed'
  and (%(is_whole)s or o.id = any(%(organization_ids)s)) -- scope

-- name: edit_organization
update network.organization
set name = %(name)s, name_en = %(name_en)s, level = %(level)s, credit_code = %(credit_code)s,
    region_id = %(region_id)s, address = %(address)s, latitude = %(latitude)s, longitude = %(longitude)s,
    contact_name = %(contact_name)s, contact_phone = %(contact_phone)s, contract_from = %(contract_from)s,
    contract_until = %(contract_until)s, sort_key = %(sort_key)s, search = %(search)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: find_settings
select s.seller_id, s.is_active, s.content, s.version
from routing.setting as s
where s.seller_id = any (%(seller_ids)s::int[])

-- name: set_setting
-- Answers nothing where another version than if_match stands; none stands at 0.
insert into routing.setting as s (seller_id, is_active, content)
values (%(seller_id)s, %(is_active)s, %(content)s)
on conflict (seller_id)
do update set is_active = excluded.is_active, content = excluded.content, version = s.version + 1
where s.version = %(if_match)s
returning s.version

-- name: find_sites
-- Open nodes in the seller's own cell; a node that has no place on the map of its own stands in the middle of its region.
select n.id, n.organization_id as seller_id, n.name, b.id as bin_id,
       coalesce(n.latitude, r.latitude) as latitude, coalesce(n.longitude, r.longitude) as longitude
from network.node as n
join network.organization as o on o.id = n.organization_id
join network.bin as b on b.node_id = n.id and b.owner_id = o.id and b.state = 'sellable'
left join identity.region as r on r.id = n.region_id
where n.organization_id = any (%(seller_ids)s::int[]) and n.is_open and n.home_cell = o.home_cell
order by n.id

-- name: find_buyers
select o.id, o.level, coalesce(o.latitude, r.latitude) as latitude, coalesce(o.longitude, r.longitude) as longitude,
       array_remove(array[r.id, p.id, g.id, c.id], null) as region_path
from network.organization as o
left join identity.region as r on r.id = o.region_id
left join identity.region as p on p.id = r.parent_id
left join identity.region as g on g.id = p.parent_id
left join identity.region as c on c.id = g.parent_id
where o.id = any (%(buyer_ids)s::int[])

-- name: is_buyer_of
select exists (select from network.trade_link as k where k.seller_id = %(seller_id)s and k.buyer_id = %(buyer_id)s)

-- name: name_regions
select r.id, r.name_zh, r.name_en from identity.region as r where r.id = any (%(ids)s::int[]) order by r.id

-- name: find_buyer_levels
select distinct b.level
from network.trade_link as k
join network.organization as b on b.id = k.buyer_id
where k.seller_id = %(seller_id)s and b.level <> ''
order by b.level

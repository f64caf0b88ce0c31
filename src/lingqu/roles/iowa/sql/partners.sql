-- name: find_brand
select o.id from network.organization as o where o.code = %(code)s

-- name: find_people
-- Some organizations and those right below them, each with the user that bears its code.
select o.id, o.code, o.parent_id, o.party_id, u.id as user_id
from network.organization as o
join identity.user as u on u.login = lower(o.code)
where o.code = any (%(codes)s::text[])
   or o.parent_id in (select p.id from network.organization as p where p.code = any (%(codes)s::text[]))

-- name: find_costs
-- What a bottle of each SKU of the range costs its distributor, by the suppliers' lists.
select s.code, i.price_minor
from pricing.price_list as l
join pricing.price_item as i on i.list_id = l.id
join catalog.sku as s on s.id = i.sku_id
where l.code = %(code)s and s.brand_id = %(brand_id)s

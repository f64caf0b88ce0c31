-- name: list_assignments
select a.id, a.audience, a.organization_id, o.name as organization_name, a.level,
       array(select r.region_id from pricing.assignment_region r where r.assignment_id = a.id order by 1) as region_ids
from pricing.assignment a
left join network.organization o on o.id = a.organization_id
where a.list_id = %(list_id)s
order by a.id

-- name: wrong_audiences
-- Which audiences (counted from 0) name an organization that is no buyer of the seller, or a region that is none.
select n.place - 1, 'organization_id'
from unnest(%(organization_id)s::int[]) with ordinality as n (organization_id, place)
where n.organization_id is not null
  and not exists (select from network.trade_link k
                  where k.seller_id = %(seller_id)s and k.buyer_id = n.organization_id)
union all
select n.place, 'region_ids'
from unnest(%(region_place)s::int[], %(region_id)s::int[]) as n (place, region_id)
where not exists (select from identity.region r where r.id = n.region_id)
order by 1, 2

-- name: remove_assignments
delete from pricing.assignment where list_id = %(list_id)s

-- name: add_assignments
insert into pricing.assignment (list_id, audience, organization_id, level)
select n.list_id, n.audience, n.organization_id, n.level
from unnest(%(list_id)s::int[], %(audience)s::text[], %(organization_id)s::int[], %(level)s::text[])
     with ordinality as n (list_id, audience, organization_id, level, place)
order by n.place
returning id

-- name: add_assignment_regions
insert into pricing.assignment_region (assignment_id, region_id)
select n.assignment_id, n.region_id
from unnest(%(assignment_id)s::int[], %(region_id)s::int[]) as n (assignment_id, region_id)

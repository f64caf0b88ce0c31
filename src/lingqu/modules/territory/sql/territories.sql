-- name: add_territories
-- In the order of the counties, so that two grants wait for each other and do not deadlock.
insert into territory.territory (organization_id, product_line_id, region_id, valid_from, valid_until, granted_at)
select %(organization_id)s, %(product_line_id)s, r.region_id, %(valid_from)s, %(valid_until)s, %(now)s
from unnest(%(region_id)s::int[]) as r (region_id) order by r.region_id
on conflict do nothing
returning region_id, id

-- name: find_held_territories
select t.region_id, r.name_zh as region_zh, r.name_en as region_en, o.id as holder_id, o.name as holder
from territory.territory t
join identity.region r on r.id = t.region_id
join network.organization o on o.id = t.organization_id
where t.product_line_id = %(product_line_id)s and t.region_id = any(%(region_id)s)
  and t.period && daterange(%(valid_from)s, %(valid_until)s)
order by t.region_id, t.valid_from

-- name: lock_covering
-- The rows of the distributor above a dealer that hold a county during the whole time.
select t.region_id, t.id
from territory.territory t
join network.organization d on d.id = %(dealer_id)s and d.parent_id = t.organization_id
where t.product_line_id = %(product_line_id)s and t.region_id = any(%(region_id)s)
  and t.period @> daterange(%(valid_from)s, %(valid_until)s)
order by t.region_id
for share of t

-- name: lock_distributor_place
select t.organization_id, t.product_line_id, t.region_id, t.valid_from, t.valid_until
from territory.territory t
where t.id = %(id)s
  and (%(is_whole)s or t.organization_id = any(%(organization_ids)s)) -- scope
for update

-- name: end_distributor_place
update territory.territory set valid_until = %(valid_until)s where id = %(id)s

-- name: end_areas_of_territory
update territory.area set valid_until = greatest(valid_from, %(valid_until)s)
where territory_id = %(territory_id)s and (valid_until is null or valid_until > %(valid_until)s)

-- name: list_distributor_places
with recursive within as (
    select id from identity.region where id = %(region_id)s::int
    union all
    select r.id from identity.region r join within w on r.parent_id = w.id
)
select t.id, 'distributor' as tier, t.organization_id, o.name as organization_name,
       o.name_en as organization_name_en, o.sort_key as organization_key, t.product_line_id,
       l.name_zh as line_zh, l.name_en as line_en, t.region_id, r.name_zh as region_zh, r.name_en as region_en,
       coalesce(w.name_zh, '') as within_zh, coalesce(w.name_en, '') as within_en, t.valid_from, t.valid_until
from territory.territory t
join network.organization o on o.id = t.organization_id
join network.product_line l on l.id = t.product_line_id
join identity.region r on r.id = t.region_id
left join identity.region w on w.id = r.parent_id
where (%(organization_id)s::int is null or t.organization_id = %(organization_id)s)
  and (%(product_line_id)s::int is null or t.product_line_id = %(product_line_id)s)
  and (%(region_id)s::int is null or t.region_id in (select id from within))
  and (%(on)s::date is null or t.period @> %(on)s::date)
  and (%(text)s::text is null or o.search @> %(keys)s::text[] or strpos(r.name_zh, %(text)s) > 0
       or strpos(lower(r.name_en), lower(%(text)s)) > 0)
  and (%(is_whole)s or t.organization_id = any(%(organization_ids)s)) -- scope

-- name: find_holders
select p.product_line_id, p.region_id, t.organization_id, a.organization_id
from unnest(%(product_line_id)s::int[], %(region_id)s::int[]) as p (product_line_id, region_id)
left join territory.territory t
    on t.product_line_id = p.product_line_id and t.region_id = p.region_id and t.period @> %(on)s::date
    and t.key && int8range((p.product_line_id::bigint << 32) | p.region_id,
                           ((p.product_line_id::bigint << 32) | p.region_id) + 1)
left join territory.area a
    on a.product_line_id = p.product_line_id and a.region_id = p.region_id and a.period @> %(on)s::date
    and a.key && int8range((p.product_line_id::bigint << 32) | p.region_id,
                           ((p.product_line_id::bigint << 32) | p.region_id) + 1)

-- name: add_areas
insert into territory.area
    (territory_id, organization_id, product_line_id, region_id, valid_from, valid_until, granted_at)
select r.territory_id, %(organization_id)s, %(product_line_id)s, r.region_id, %(valid_from)s, %(valid_until)s, %(now)s
from unnest(%(territory_id)s::int[], %(region_id)s::int[]) as r (territory_id, region_id) order by r.region_id
on conflict do nothing
returning region_id, id

-- name: find_held_areas
select a.region_id, r.name_zh as region_zh, r.name_en as region_en, o.id as holder_id, o.name as holder
from territory.area a
join identity.region r on r.id = a.region_id
join network.organization o on o.id = a.organization_id
where a.product_line_id = %(product_line_id)s and a.region_id = any(%(region_id)s)
  and a.period && daterange(%(valid_from)s, %(valid_until)s)
order by a.region_id, a.valid_from

-- name: lock_dealer_place
select a.organization_id, a.product_line_id, a.region_id, a.valid_from, a.valid_until
from territory.area a
where a.id = %(id)s
  and (%(is_whole)s or a.organization_id = any(%(organization_ids)s)) -- scope
for update

-- name: end_dealer_place
update territory.area set valid_until = %(valid_until)s where id = %(id)s

-- name: list_dealer_places
with recursive within as (
    select id from identity.region where id = %(region_id)s::int
    union all
    select r.id from identity.region r join within w on r.parent_id = w.id
)
select a.id, 'dealer' as tier, a.organization_id, o.name as organization_name,
       o.name_en as organization_name_en, o.sort_key as organization_key, a.product_line_id,
       l.name_zh as line_zh, l.name_en as line_en, a.region_id, r.name_zh as region_zh, r.name_en as region_en,
       coalesce(w.name_zh, '') as within_zh, coalesce(w.name_en, '') as within_en, a.valid_from, a.valid_until
from territory.area a
join network.organization o on o.id = a.organization_id
join network.product_line l on l.id = a.product_line_id
join identity.region r on r.id = a.region_id
left join identity.region w on w.id = r.parent_id
where (%(organization_id)s::int is null or a.organization_id = %(organization_id)s)
  and (%(product_line_id)s::int is null or a.product_line_id = %(product_line_id)s)
  and (%(region_id)s::int is null or a.region_id in (select id from within))
  and (%(on)s::date is null or a.period @> %(on)s::date)
  and (%(text)s::text is null or o.search @> %(keys)s::text[] or strpos(r.name_zh, %(text)s) > 0
       or strpos(lower(r.name_en), lower(%(text)s)) > 0)
  and (%(is_whole)s or a.organization_id = any(%(organization_ids)s)) -- scope

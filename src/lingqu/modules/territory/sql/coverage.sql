-- name: list_coverage
-- The regions inside one, each with its counties and those that somebody below the caller holds.
with recursive below as (
    select r.id as top_id, r.id, r.level
    from identity.region r
    where r.parent_id is not distinct from %(parent_id)s::int
    union all
    select b.top_id, r.id, r.level from identity.region r join below b on r.parent_id = b.id
), held as (
    select t.organization_id, t.region_id
    from territory.territory t
    where %(tier)s = 'distributor' and t.product_line_id = %(product_line_id)s and t.period @> %(on)s::date
    union all
    select a.organization_id, a.region_id
    from territory.area a
    where %(tier)s = 'dealer' and a.product_line_id = %(product_line_id)s and a.period @> %(on)s::date
), counted as (
    select b.top_id, count(*) as county_count, count(h.region_id) as held_count,
           count(distinct h.organization_id) as holder_count, min(h.organization_id) as holder_id
    from below b
    left join held h
        on h.region_id = b.id
       and (%(is_whole)s or h.organization_id = any(%(organization_ids)s)) -- scope
    where b.level = 'county'
    group by b.top_id
)
select r.id, r.level, r.name_zh, r.name_en, c.county_count, c.held_count, c.holder_count,
       o.id as holder_id, o.name as holder_name, o.name_en as holder_name_en
from counted c
join identity.region r on r.id = c.top_id
left join network.organization o on o.id = c.holder_id and c.holder_count = 1

-- name: add_product_lines
insert into network.product_line (brand_id, code, name_zh, name_en)
select p.brand_id, p.code, p.name_zh, p.name_en
from unnest(%(brand_id)s::int[], %(code)s::text[], %(name_zh)s::text[], %(name_en)s::text[])
     as p (brand_id, code, name_zh, name_en)
on conflict (brand_id, code) do nothing
returning brand_id, code, id

-- name: find_product_line
select id from network.product_line where id = %(id)s

-- name: list_product_lines
-- Lines of brands below the caller, or above it.
select p.id, p.brand_id, o.name as brand_name, p.code, p.name_zh, p.name_en, p.version
from network.product_line p
join network.organization o on o.id = p.brand_id
where (%(brand_id)s::int is null or p.brand_id = %(brand_id)s)
  and (%(is_whole)s or p.brand_id = any(%(organization_ids)s) or p.brand_id = any(%(above_ids)s)) -- scope

-- name: find_above_ids
with recursive above as (
    select id, parent_id from network.organization where id = %(id)s
    union all
    select o.id, o.parent_id from network.organization o join above a on a.parent_id = o.id
)
select id from above

-- name: read_own_product_line
select p.id, p.brand_id, o.name as brand_name, p.code, p.name_zh, p.name_en, p.version
from network.product_line p
join network.organization o on o.id = p.brand_id
where p.id = %(id)s
  and (%(is_whole)s or p.brand_id = any(%(organization_ids)s)) -- scope

-- name: find_brand
select o.id from network.organization o
where o.id = %(id)s and o.kind = 'brand' and o.status <> 'closed'
  and (%(is_whole)s or o.id = any(%(organization_ids)s)) -- scope

-- name: edit_product_line
update network.product_line set name_zh = %(name_zh)s, name_en = %(name_en)s, version = version + 1
where id = %(id)s and version = %(version)s

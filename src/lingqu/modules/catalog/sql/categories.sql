-- name: list_categories
select c.id, c.brand_id, c.parent_id, c.code, c.name_zh, c.name_en, c.version
from catalog.category c
where (%(brand_id)s::int is null or c.brand_id = %(brand_id)s)
  and (%(q)s::text is null or concat_ws(' ', c.code, c.name_zh, c.name_en) ilike '%%' || %(q)s || '%%')
  and (%(is_whole)s or c.brand_id in (select l.brand_id from network.product_line l where l.id = any (%(line_ids)s))) -- scope

-- name: find_category
-- A category of the caller's own brands.
select c.id, c.brand_id, c.parent_id, c.code, c.name_zh, c.name_en, c.version
from catalog.category c
where c.id = %(category_id)s
  and (%(is_whole)s or c.brand_id = any (%(organization_ids)s)) -- scope

-- name: categories_below
-- A category and all inside it.
with recursive below as (
    select c.id from catalog.category c where c.id = %(category_id)s
    union
    select c.id from below b join catalog.category c on c.parent_id = b.id
)
select b.id from below b

-- name: add_categories
insert into catalog.category (brand_id, parent_id, code, name_zh, name_en)
select n.brand_id, n.parent_id, n.code, n.name_zh, n.name_en
from unnest(%(brand_id)s::int[], %(parent_id)s::int[], %(code)s::text[], %(name_zh)s::text[], %(name_en)s::text[])
     as n (brand_id, parent_id, code, name_zh, name_en)
on conflict (brand_id, code) do nothing
returning brand_id, code, id

-- name: edit_category
update catalog.category
set parent_id = %(parent_id)s, name_zh = %(name_zh)s, name_en = %(name_en)s, version = version + 1
where id = %(id)s and version = %(version)s

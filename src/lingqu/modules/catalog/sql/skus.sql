-- name: list_skus
select s.id, s.brand_id, s.product_line_id, l.name_zh as line_name_zh, l.name_en as line_name_en,
       s.category_id, s.code, s.product_code, s.name_zh, s.name_en, s.base_unit, t.rate_ppm as tax_ppm, s.status,
       s.version, s.sort_key,
       (select p.gtin from catalog.pack p where p.sku_id = s.id and p.units = 1 order by p.id limit 1) as gtin,
       (select q.id from catalog.picture q where q.sku_id = s.id order by q.place limit 1) as picture_id
from catalog.sku s
join network.product_line l on l.id = s.product_line_id
join catalog.tax_class t on t.id = s.tax_class_id
where (%(brand_id)s::int is null or s.brand_id = %(brand_id)s)
  and (%(product_line_id)s::int is null or s.product_line_id = %(product_line_id)s)
  and (%(category_ids)s::int[] is null or s.category_id = any (%(category_ids)s))
  and (%(status)s::text is null or s.status = %(status)s)
  and (%(product_code)s::text is null or s.product_code = %(product_code)s)
  and (%(keys)s::text[] is null or s.search @> %(keys)s)
  and (%(is_whole)s or s.product_line_id = any (%(line_ids)s)) -- scope

-- name: find_sku
select s.id, s.brand_id, s.product_line_id, s.category_id, s.tax_class_id, t.rate_ppm as tax_ppm, s.code,
       s.product_code, s.attributes, s.name_zh, s.name_en, s.base_unit, s.is_lot_tracked, s.is_serialised,
       s.is_weighed, s.shelf_life_days, s.weight_g, s.volume_ml, s.status, s.successor_id, s.created_at, s.version
from catalog.sku s
join catalog.tax_class t on t.id = s.tax_class_id
where s.id = %(sku_id)s
  and (%(is_whole)s or s.product_line_id = any (%(line_ids)s)) -- scope

-- name: find_own_sku
-- A SKU of the caller's own brands, by its id or a pack's: only those may be changed.
select s.id, s.brand_id, s.product_line_id, s.category_id, s.tax_class_id, t.rate_ppm as tax_ppm, s.code,
       s.product_code, s.attributes, s.name_zh, s.name_en, s.base_unit, s.is_lot_tracked, s.is_serialised,
       s.is_weighed, s.shelf_life_days, s.weight_g, s.volume_ml, s.status, s.successor_id, s.created_at, s.version
from catalog.sku s
join catalog.tax_class t on t.id = s.tax_class_id
where s.id = coalesce(%(sku_id)s::int, (select p.sku_id from catalog.pack p where p.id = %(pack_id)s))
  and (%(is_whole)s or s.brand_id = any (%(organization_ids)s)) -- scope

-- name: list_variants
-- Of the same line, so whoever sees the SKU sees its variants.
select v.id, v.code, v.name_zh, v.name_en, v.attributes, v.status
from catalog.sku s
join catalog.sku v on v.brand_id = s.brand_id and v.product_code = s.product_code and v.id <> s.id
                  and v.product_line_id = s.product_line_id
where s.id = %(sku_id)s and v.status <> 'archived'
order by v.code

-- name: add_skus
insert into catalog.sku
    (brand_id, product_line_id, category_id, tax_class_id, code, product_code, attributes, name_zh, name_en, base_unit,
     is_lot_tracked, is_serialised, is_weighed, shelf_life_days, weight_g, volume_ml, sort_key, search, created_at)
select n.brand_id, n.product_line_id, n.category_id, n.tax_class_id, n.code, n.product_code, n.attributes, n.name_zh,
       n.name_en, n.base_unit, n.is_lot_tracked, n.is_serialised, n.is_weighed, n.shelf_life_days, n.weight_g,
       n.volume_ml, n.sort_key, string_to_array(n.search, ' '), %(now)s
from unnest(%(brand_id)s::int[], %(product_line_id)s::int[], %(category_id)s::int[], %(tax_class_id)s::int[],
            %(code)s::text[], %(product_code)s::text[], %(attributes)s::jsonb[], %(name_zh)s::text[],
            %(name_en)s::text[], %(base_unit)s::text[], %(is_lot_tracked)s::bool[], %(is_serialised)s::bool[],
            %(is_weighed)s::bool[], %(shelf_life_days)s::int[], %(weight_g)s::int[], %(volume_ml)s::int[],
            %(sort_key)s::text[], %(search)s::text[])
     as n (brand_id, product_line_id, category_id, tax_class_id, code, product_code, attributes, name_zh, name_en,
           base_unit, is_lot_tracked, is_serialised, is_weighed, shelf_life_days, weight_g, volume_ml, sort_key, search)
on conflict (brand_id, code) do nothing
returning brand_id, code, id

-- name: wrong_references
-- Which SKUs (counted from 0) name a line or category of another brand, or a tax class that does not exist.
select n.place - 1, f.field
from unnest(%(brand_id)s::int[], %(product_line_id)s::int[], %(category_id)s::int[], %(tax_class_id)s::int[])
     with ordinality as n (brand_id, product_line_id, category_id, tax_class_id, place)
left join network.product_line l on l.id = n.product_line_id and l.brand_id = n.brand_id
left join catalog.category c on c.id = n.category_id and c.brand_id = n.brand_id
left join catalog.tax_class t on t.id = n.tax_class_id
cross join lateral (values ('product_line_id', l.id is null),
                           ('category_id', n.category_id is not null and c.id is null),
                           ('tax_class_id', t.id is null)) as f (field, is_wrong)
where f.is_wrong
order by 1, 2

-- name: edit_sku
update catalog.sku
set product_line_id = %(product_line_id)s, category_id = %(category_id)s, tax_class_id = %(tax_class_id)s,
    product_code = %(product_code)s, attributes = %(attributes)s, name_zh = %(name_zh)s, name_en = %(name_en)s,
    base_unit = %(base_unit)s, is_lot_tracked = %(is_lot_tracked)s, is_serialised = %(is_serialised)s,
    is_weighed = %(is_weighed)s, shelf_life_days = %(shelf_life_days)s, weight_g = %(weight_g)s,
    volume_ml = %(volume_ml)s, sort_key = %(sort_key)s, search = %(search)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: set_sku_status
update catalog.sku
set status = %(status)s, successor_id = %(successor_id)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: touch_sku
-- Its packs belong to a SKU: a change of one makes the SKU another version, found by another text.
update catalog.sku set search = %(search)s, version = version + 1 where id = %(id)s

-- name: taken_keys
-- Which SKU codes of a brand, and which GTINs of anybody, stand already.
select 'code', s.code from catalog.sku s where s.brand_id = %(brand_id)s and s.code = any (%(codes)s::text[])
union all
select 'gtin', p.gtin::text from catalog.pack p where p.gtin = any (%(gtins)s::text[])

-- name: ids_by_code
-- What a file of a brand's SKUs may name: its lines and categories, and everybody's tax classes.
select 'line', l.code, l.id from network.product_line l where l.brand_id = %(brand_id)s
union all
select 'category', c.code, c.id from catalog.category c where c.brand_id = %(brand_id)s
union all
select 'tax', t.code, t.id from catalog.tax_class t

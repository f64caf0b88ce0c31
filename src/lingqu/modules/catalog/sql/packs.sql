-- name: list_packs
select p.id, p.sku_id, p.code, p.name_zh, p.name_en, p.units, p.gtin, p.is_orderable, p.version
from catalog.pack p where p.sku_id = %(sku_id)s order by p.units, p.id

-- name: see_packs
-- Packs of SKUs that the caller may see.
select p.id, p.sku_id, p.code, p.name_zh, p.name_en, p.units, p.gtin, p.is_orderable, p.version
from catalog.pack p
join catalog.sku s on s.id = p.sku_id
where p.id = any (%(pack_ids)s)
  and (%(is_whole)s or s.product_line_id = any (%(line_ids)s)) -- scope

-- name: add_packs
insert into catalog.pack (sku_id, code, name_zh, name_en, units, gtin, is_orderable)
select n.sku_id, n.code, n.name_zh, n.name_en, n.units, n.gtin, n.is_orderable
from unnest(%(sku_id)s::int[], %(code)s::text[], %(name_zh)s::text[], %(name_en)s::text[], %(units)s::int[],
            %(gtin)s::text[], %(is_orderable)s::bool[])
     as n (sku_id, code, name_zh, name_en, units, gtin, is_orderable)
on conflict do nothing
returning sku_id, code, id

-- name: edit_pack
update catalog.pack
set name_zh = %(name_zh)s, name_en = %(name_en)s, gtin = %(gtin)s, is_orderable = %(is_orderable)s,
    version = version + 1
where id = %(id)s and version = %(version)s

-- name: other_pack_with_gtin
select p.id from catalog.pack p where p.gtin = %(gtin)s and p.id <> %(pack_id)s

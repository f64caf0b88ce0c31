-- name: list_pictures
-- Of a SKU that the caller was shown before.
select p.id, p.sku_id, p.file_id, f.width, f.height, p.alt_zh, p.alt_en, p.version
from catalog.picture p
join files.file f on f.id = p.file_id
where p.sku_id = %(sku_id)s
order by p.place

-- name: find_picture_file
-- The file of a picture of a SKU that the caller may see.
select p.file_id
from catalog.picture p
join catalog.sku s on s.id = p.sku_id
where p.id = %(picture_id)s
  and (%(is_whole)s or s.product_line_id = any (%(line_ids)s)) -- scope

-- name: sku_of_picture
select p.sku_id from catalog.picture p where p.id = %(picture_id)s

-- name: lock_sku
-- Who changes a SKU's pictures waits for whoever is changing them.
select s.id from catalog.sku s where s.id = %(sku_id)s for no key update

-- name: add_pictures
insert into catalog.picture (sku_id, file_id, place, alt_zh, alt_en, added_at)
select n.sku_id, n.file_id, n.place, n.alt_zh, n.alt_en, %(now)s
from unnest(%(sku_id)s::int[], %(file_id)s::uuid[], %(place)s::int[], %(alt_zh)s::text[], %(alt_en)s::text[])
     as n (sku_id, file_id, place, alt_zh, alt_en)
returning id

-- name: place_pictures
-- Their places are unique again when the transaction ends.
update catalog.picture p
set place = n.place - 1
from unnest(%(picture_ids)s::int[]) with ordinality as n (id, place)
where p.id = n.id and p.sku_id = %(sku_id)s

-- name: edit_picture
update catalog.picture set alt_zh = %(alt_zh)s, alt_en = %(alt_en)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: remove_picture
delete from catalog.picture where id = %(id)s

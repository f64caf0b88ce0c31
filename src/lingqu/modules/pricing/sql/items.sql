-- name: list_price_items
-- Only of a list that the caller was shown before.
select i.id, i.list_id, i.sku_id, s.code as sku_code, s.name_zh, s.name_en, i.pack_id, p.code as pack_code,
       p.name_zh as pack_name_zh, p.name_en as pack_name_en, p.units, i.min_packs, i.price_minor, i.valid_from,
       i.valid_until, i.version
from pricing.price_item i
join catalog.sku s on s.id = i.sku_id
join catalog.pack p on p.id = i.pack_id
where i.list_id = %(list_id)s
  and (%(sku_id)s::int is null or i.sku_id = %(sku_id)s)
  and (%(valid_on)s::date is null
       or (i.valid_from <= %(valid_on)s and (i.valid_until is null or %(valid_on)s < i.valid_until)))
  and (%(keys)s::text[] is null or s.search @> %(keys)s)

-- name: find_prices
-- What stands under these keys.
select i.id, i.list_id, i.sku_id, i.pack_id, i.min_packs, i.valid_from, i.valid_until, i.price_minor, i.version
from unnest(%(pack_id)s::int[], %(min_packs)s::int[], %(valid_from)s::date[]) as n (pack_id, min_packs, valid_from)
join pricing.price_item i on i.list_id = %(list_id)s and i.pack_id = n.pack_id and i.min_packs = n.min_packs
                         and i.valid_from = n.valid_from

-- name: prices_of_list
select i.id, i.list_id, i.sku_id, i.pack_id, i.min_packs, i.valid_from, i.valid_until, i.price_minor, i.version
from pricing.price_item i
where i.list_id = %(list_id)s
order by i.sku_id, i.pack_id, i.min_packs, i.valid_from

-- name: set_prices
insert into pricing.price_item as i (list_id, sku_id, pack_id, min_packs, valid_from, valid_until, price_minor)
select %(list_id)s, n.sku_id, n.pack_id, n.min_packs, n.valid_from, n.valid_until, n.price_minor
from unnest(%(sku_id)s::int[], %(pack_id)s::int[], %(min_packs)s::int[], %(valid_from)s::date[],
            %(valid_until)s::date[], %(price_minor)s::bigint[])
     as n (sku_id, pack_id, min_packs, valid_from, valid_until, price_minor)
on conflict (list_id, pack_id, min_packs, valid_from)
do update set valid_until = excluded.valid_until, price_minor = excluded.price_minor, version = i.version + 1
returning i.pack_id, i.min_packs, i.valid_from, i.id

-- name: wrong_packs
-- Which prices (counted from 0) name a pack that is none of their SKU.
select n.place - 1
from unnest(%(sku_id)s::int[], %(pack_id)s::int[]) with ordinality as n (sku_id, pack_id, place)
where not exists (select from catalog.pack p where p.id = n.pack_id and p.sku_id = n.sku_id)
order by 1

-- name: find_own_price
select i.id, i.list_id, i.sku_id, i.pack_id, i.min_packs, i.valid_from, i.valid_until, i.price_minor, i.version
from pricing.price_item i
join pricing.price_list l on l.id = i.list_id
where i.id = %(item_id)s
  and (%(is_whole)s or l.seller_id = %(organization_id)s) -- scope

-- name: edit_price
update pricing.price_item
set price_minor = %(price_minor)s, valid_until = %(valid_until)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: remove_price
delete from pricing.price_item where id = %(id)s and version = %(version)s

-- name: packs_by_code
-- Packs by the codes of a file; what the caller may not see is sorted out afterwards.
select s.code, p.code, s.id, p.id
from catalog.sku s
join catalog.pack p on p.sku_id = s.id
where s.code = any (%(sku_codes)s)

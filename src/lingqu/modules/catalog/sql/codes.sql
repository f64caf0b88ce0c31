-- name: find_by_code
-- By GTIN, else by a code of the caller's own organization, else by the SKU's code (its base unit is meant).
select s.id as sku_id, s.code as sku_code, s.name_zh, s.name_en, s.status, s.base_unit, p.id as pack_id,
       p.code as pack_code, p.name_zh as pack_name_zh, p.name_en as pack_name_en, p.units, m.matched_by
from (
    select p.id as pack_id, 'gtin' as matched_by, 1 as rank from catalog.pack p where p.gtin = %(gtin)s
    union all
    select b.pack_id, 'barcode', 2 from catalog.barcode b
    where b.code = %(code)s and b.organization_id = %(organization_id)s
    union all
    (select distinct on (p.sku_id) p.id, 'code', 3 from catalog.sku k join catalog.pack p on p.sku_id = k.id
     where k.code = %(code)s order by p.sku_id, p.units, p.id)
) as m
join catalog.pack p on p.id = m.pack_id
join catalog.sku s on s.id = p.sku_id
where s.status <> 'archived'
  and (%(is_whole)s or s.product_line_id = any (%(line_ids)s)) -- scope
order by m.rank, s.id, p.units

-- name: list_barcodes
select b.id, b.pack_id, b.organization_id, b.code
from catalog.barcode b
join catalog.pack p on p.id = b.pack_id
where (%(sku_id)s::int is null or p.sku_id = %(sku_id)s)
  and (%(q)s::text is null or b.code ilike %(q)s || '%%')
  and (%(is_whole)s or b.organization_id = any (%(organization_ids)s)) -- scope

-- name: add_barcode
insert into catalog.barcode (pack_id, organization_id, code) values (%(pack_id)s, %(organization_id)s, %(code)s)
on conflict (organization_id, code) do nothing
returning id

-- name: find_barcode
select b.id, b.pack_id, b.organization_id, b.code
from catalog.barcode b
where b.id = %(barcode_id)s
  and (%(is_whole)s or b.organization_id = any (%(organization_ids)s)) -- scope

-- name: remove_barcode
delete from catalog.barcode where id = %(barcode_id)s

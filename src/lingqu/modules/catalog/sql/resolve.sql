-- name: resolve_codes
-- Many codes at once: by GTIN, by the caller's own codes, by the seller's, by SKU codes. Of one code only the matches
-- of the best kind are wanted, exact before another case; `pack_id` is null where the code names no pack. (What one
-- may not see is as if it were not there: tests/catalog/test_codes.py.)
select c.code, m.sku_id, m.pack_id, m.matched_by, m.rank
from unnest(%(codes)s::text[], %(gtins)s::text[]) as c (code, gtin)
cross join lateral (
    select p.sku_id, p.id as pack_id, 'gtin' as matched_by, 1 as rank from catalog.pack p where p.gtin = c.gtin::char(14)
    union all
    select p.sku_id, b.pack_id, 'barcode', case when b.code = c.code then 2 else 3 end
    from catalog.barcode b join catalog.pack p on p.id = b.pack_id
    where b.organization_id = %(organization_id)s and lower(b.code) = lower(c.code)
    union all
    select p.sku_id, b.pack_id, 'seller-code', case when b.code = c.code then 4 else 5 end
    from catalog.barcode b join catalog.pack p on p.id = b.pack_id
    where b.organization_id = %(seller_id)s and lower(b.code) = lower(c.code)
    union all
    select k.id, null, 'code', case when k.code = c.code then 6 else 7 end
    from catalog.sku k where lower(k.code) = lower(c.code)
) as m
join catalog.sku s on s.id = m.sku_id
where s.status <> 'archived'
  and (%(is_whole)s or s.product_line_id = any (%(line_ids)s))
order by c.code, m.rank, m.sku_id, m.pack_id

-- name: describe_skus
-- Every pack of some SKUs, with what people call both.
select s.id as sku_id, s.code as sku_code, s.name_zh, s.name_en, s.base_unit, s.status, s.successor_id,
       p.id as pack_id, p.code as pack_code, p.name_zh as pack_name_zh, p.name_en as pack_name_en, p.units,
       p.is_orderable
from catalog.sku s
join catalog.pack p on p.sku_id = s.id
where s.id = any (%(sku_ids)s)
order by s.id, p.units, p.id

-- name: find_successors
-- What is sold in place of SKUs that are sold no longer: the first active one down each chain. A ring ends it.
with recursive chain (first_id, sku_id, depth) as (
    select s.id, s.successor_id, 1 from catalog.sku s where s.id = any (%(sku_ids)s) and s.successor_id is not null
    union all
    select c.first_id, s.successor_id, c.depth + 1
    from chain c join catalog.sku s on s.id = c.sku_id
    where s.status <> 'active' and s.successor_id is not null and c.depth < 10
)
select distinct on (c.first_id) c.first_id, c.sku_id
from chain c join catalog.sku s on s.id = c.sku_id
where s.status = 'active'
order by c.first_id, c.depth

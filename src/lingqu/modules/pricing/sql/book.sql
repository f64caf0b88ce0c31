-- name: book_sellers
-- Sellers and their epochs; without ids all that ask a price or have a buyer. Read before everything else.
select o.id, o.kind, o.currency, coalesce(e.value, 0) as epoch
from network.organization o
left join network.epoch e on e.cell_id = o.home_cell and e.seller_id = o.id
where case when %(seller_ids)s::int[] is null
      then exists (select from pricing.price_list l where l.seller_id = o.id)
        or exists (select from network.trade_link k where k.seller_id = o.id)
      else o.id = any (%(seller_ids)s) end

-- name: book_lists
select l.id, l.seller_id, l.code, l.name, l.currency, l.is_tax_included, l.valid_from,
       coalesce(l.valid_until, '9999-12-31') as valid_until
from pricing.price_list l
where l.status = 'published' and l.seller_id = any (%(seller_ids)s)

-- name: book_assignments
select a.id, a.list_id, a.audience, a.organization_id, a.level, l.seller_id,
       array(select r.region_id from pricing.assignment_region r where r.assignment_id = a.id) as regions
from pricing.assignment a
join pricing.price_list l on l.id = a.list_id
where l.status = 'published' and l.seller_id = any (%(seller_ids)s)
  and (%(buyer_ids)s::int[] is null or a.organization_id is null or a.organization_id = any (%(buyer_ids)s))

-- name: book_items
select i.list_id, i.pack_id, i.id, i.min_packs, i.valid_from, coalesce(i.valid_until, '9999-12-31'), i.price_minor
from pricing.price_item i
join pricing.price_list l on l.id = i.list_id
where l.status = 'published' and l.seller_id = any (%(seller_ids)s)
  and (%(pack_ids)s::int[] is null or i.pack_id = any (%(pack_ids)s))
order by i.list_id, i.pack_id, i.min_packs desc, i.valid_from desc

-- name: book_packs
-- All packs of each SKU that one of these packs belongs to.
select p.id, p.sku_id, p.units, s.product_line_id, s.brand_id, t.rate_ppm as tax_ppm, s.status, p.is_orderable
from catalog.pack p
join catalog.sku s on s.id = p.sku_id
join catalog.tax_class t on t.id = s.tax_class_id
where p.sku_id in (select q.sku_id from catalog.pack q where q.id = any (%(pack_ids)s))

-- name: book_links
-- Buyers that may order now or later; a link without a grant to order is none. Grants with days of their own stand
-- apart with them: a book is asked about days, and nothing is written when one begins or ends.
select k.seller_id, k.buyer_id, b.level, b.region_id, k.valid_from, coalesce(k.valid_until, '9999-12-31') as valid_until,
       coalesce(bool_or(g.product_line_id is null) filter (where not d.is_dated), false) as is_whole,
       coalesce(array_agg(g.product_line_id) filter (where not d.is_dated and g.product_line_id is not null), '{}')
           as lines,
       coalesce(jsonb_agg(jsonb_build_array(g.product_line_id, coalesce(g.valid_from, '0001-01-01'),
                                            coalesce(g.valid_until, '9999-12-31'))) filter (where d.is_dated), '[]')
           as dated
from network.trade_link k
join network.organization s on s.id = k.seller_id
join network.organization b on b.id = k.buyer_id
join network.link_grant g on g.link_id = k.id
cross join lateral (select g.valid_from is not null or g.valid_until is not null as is_dated) d
where k.status = 'active' and s.status = 'active' and b.status = 'active'
  and g.capability = 'order' and g.revoked_at is null
  and k.seller_id = any (%(seller_ids)s)
  and (%(buyer_ids)s::int[] is null or k.buyer_id = any (%(buyer_ids)s))
group by k.id, b.id

-- name: book_terms
select t.seller_id, t.buyer_id, t.minimum_minor, t.freight_minor, t.free_freight_from_minor
from pricing.terms t
where t.seller_id = any (%(seller_ids)s)
  and (%(buyer_ids)s::int[] is null or t.buyer_id is null or t.buyer_id = any (%(buyer_ids)s))

-- name: book_order_rules
select r.seller_id, r.sku_id, r.min_quantity, r.multiple_of
from pricing.order_rule r
where r.seller_id = any (%(seller_ids)s)

-- name: book_upstream
-- From whom each seller buys: their limits bind it.
select k.buyer_id, k.seller_id
from network.trade_link k
where k.status = 'active' and k.buyer_id = any (%(seller_ids)s)
order by k.buyer_id, k.seller_id

-- name: book_limits
select m.setter_id, m.pack_id, m.seller_kind, m.channel, m.currency, m.is_tax_included, m.floor_minor, m.ceiling_minor,
       m.valid_from, coalesce(m.valid_until, '9999-12-31') as valid_until
from pricing.resale_limit m
where m.setter_id = any (%(setter_ids)s)
  and (%(pack_ids)s::int[] is null or m.pack_id = any (%(pack_ids)s))

-- name: book_regions
-- Regions of territories and of buyers with all around them.
with recursive up as (
    select r.id, r.parent_id from identity.region r where r.id = any (%(region_ids)s)
    union
    select r.id, r.parent_id from up join identity.region r on r.id = up.parent_id
)
select up.id, up.parent_id from up

-- name: epochs
select e.seller_id, e.value from network.epoch e

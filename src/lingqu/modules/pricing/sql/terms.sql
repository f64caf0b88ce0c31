-- name: list_order_rules
select r.seller_id::text || ':' || r.sku_id as id, r.seller_id, r.sku_id, s.code as sku_code, s.name_zh, s.name_en,
       r.min_quantity, r.multiple_of, r.version
from pricing.order_rule r
join catalog.sku s on s.id = r.sku_id
where (%(seller_id)s::int is null or r.seller_id = %(seller_id)s)
  and (%(keys)s::text[] is null or s.search @> %(keys)s)
  and (%(is_whole)s or r.seller_id = any (%(organization_ids)s)) -- scope

-- name: find_order_rule
select r.seller_id, r.sku_id, r.min_quantity, r.multiple_of, r.version
from pricing.order_rule r
where r.seller_id = %(seller_id)s and r.sku_id = %(sku_id)s

-- name: set_order_rule
-- Answers nothing where another version than if_match stands; none stands at 0.
insert into pricing.order_rule as r (seller_id, sku_id, min_quantity, multiple_of)
values (%(seller_id)s, %(sku_id)s, %(min_quantity)s, %(multiple_of)s)
on conflict (seller_id, sku_id)
do update set min_quantity = excluded.min_quantity, multiple_of = excluded.multiple_of, version = r.version + 1
where r.version = %(if_match)s
returning r.seller_id, r.sku_id, r.min_quantity, r.multiple_of, r.version

-- name: list_terms
-- Terms as the seller sets them and as the buyer reads them.
select t.id, t.seller_id, s.name as seller_name, t.buyer_id, b.name as buyer_name, s.currency, t.minimum_minor,
       t.freight_minor, t.free_freight_from_minor, t.version
from pricing.terms t
join network.organization s on s.id = t.seller_id
left join network.organization b on b.id = t.buyer_id
where (%(seller_id)s::int is null or t.seller_id = %(seller_id)s)
  and (%(buyer_id)s::int is null or t.buyer_id = %(buyer_id)s)
  and (%(is_whole)s or t.seller_id = any (%(organization_ids)s) or t.buyer_id = any (%(organization_ids)s)) -- scope

-- name: find_terms
select t.id, t.seller_id, t.buyer_id, t.minimum_minor, t.freight_minor, t.free_freight_from_minor, t.version
from pricing.terms t
where t.seller_id = %(seller_id)s and t.buyer_id is not distinct from %(buyer_id)s::int

-- name: set_terms
-- Answers nothing where another version than if_match stands; none stands at 0.
insert into pricing.terms as t (seller_id, buyer_id, minimum_minor, freight_minor, free_freight_from_minor)
values (%(seller_id)s, %(buyer_id)s, %(minimum_minor)s, %(freight_minor)s, %(free_freight_from_minor)s)
on conflict (seller_id, buyer_id)
do update set minimum_minor = excluded.minimum_minor, freight_minor = excluded.freight_minor,
              free_freight_from_minor = excluded.free_freight_from_minor, version = t.version + 1
where t.version = %(if_match)s
returning t.id, t.seller_id, t.buyer_id, t.minimum_minor, t.freight_minor, t.free_freight_from_minor, t.version

-- name: is_buyer_of
select exists (select from network.trade_link k where k.seller_id = %(seller_id)s and k.buyer_id = %(buyer_id)s)

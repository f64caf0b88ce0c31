-- name: list_offers
-- Packs that sellers have a published price for, per buyer that may order them.
select k.id::text || ':' || p.id as id, k.seller_id, o.name as seller_name, k.buyer_id, s.id as sku_id,
       s.code as sku_code, s.name_zh, s.name_en, p.id as pack_id, p.code as pack_code, p.name_zh as pack_name_zh,
       p.name_en as pack_name_en, p.units, o.currency, o.time_zone, s.sort_key,
       (select q.id from catalog.picture q where q.sku_id = s.id order by q.place limit 1) as picture_id
from network.trade_link k
join network.organization o on o.id = k.seller_id
join network.organization b on b.id = k.buyer_id
join catalog.sku s on s.status = 'active'
join catalog.pack p on p.sku_id = s.id and p.is_orderable
where k.status = 'active' and b.status = 'active'
  and exists (select from network.link_grant g
              where g.link_id = k.id and g.capability = 'order' and g.revoked_at is null
                and (g.valid_from is null or g.valid_from <= (%(now)s::timestamptz at time zone o.time_zone)::date)
                and (g.valid_until is null or g.valid_until > (%(now)s::timestamptz at time zone o.time_zone)::date)
                and (g.product_line_id is null or g.product_line_id = s.product_line_id))
  and exists (select from pricing.price_item i join pricing.price_list l on l.id = i.list_id
              where i.pack_id = p.id and l.seller_id = k.seller_id and l.status = 'published')
  and (%(seller_id)s::int is null or k.seller_id = %(seller_id)s)
  and (%(buyer_id)s::int is null or k.buyer_id = %(buyer_id)s)
  and (%(sku_id)s::int is null or s.id = %(sku_id)s)
  and (%(keys)s::text[] is null or s.search @> %(keys)s)
  and (%(is_whole)s or k.seller_id = any (%(organization_ids)s) or k.buyer_id = any (%(organization_ids)s)) -- scope

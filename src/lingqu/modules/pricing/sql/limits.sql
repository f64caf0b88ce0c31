-- name: outside_limits
-- Which prices (counted from 0) of a seller break a limit on resale that holds on one of their days. Compared with tax
-- in millionths of a minor unit, as the price book does. A limit binds whom its setter sells to, or whoever sells the
-- setter's own brand.
select n.place - 1 as place, n.price_minor,
       case when n.gross < l.floor_gross then l.floor_minor end as floor_minor,
       case when n.gross > l.ceiling_gross then l.ceiling_minor end as ceiling_minor
from (
    select u.place, u.pack_id, u.valid_from, u.valid_until, u.price_minor, s.brand_id, t.rate_ppm,
           u.price_minor::numeric * (1000000 + case when %(is_tax_included)s then 0 else t.rate_ppm end) as gross
    from unnest(%(pack_id)s::int[], %(valid_from)s::date[], %(valid_until)s::date[], %(price_minor)s::bigint[])
         with ordinality as u (pack_id, valid_from, valid_until, price_minor, place)
    join catalog.pack p on p.id = u.pack_id
    join catalog.sku s on s.id = p.sku_id
    join catalog.tax_class t on t.id = s.tax_class_id
) as n
join lateral (
    select m.floor_minor, m.ceiling_minor,
           m.floor_minor::numeric * (1000000 + case when m.is_tax_included then 0 else n.rate_ppm end) as floor_gross,
           m.ceiling_minor::numeric * (1000000 + case when m.is_tax_included then 0 else n.rate_ppm end)
               as ceiling_gross
    from pricing.resale_limit m
    join network.organization o on o.id = %(seller_id)s and o.kind = m.seller_kind
    where m.pack_id = n.pack_id and m.currency = %(currency)s and m.channel = any (%(channels)s)
      and m.valid_from < coalesce(n.valid_until, 'infinity') and n.valid_from < coalesce(m.valid_until, 'infinity')
      and (m.setter_id = n.brand_id
           or exists (select from network.trade_link k
                      where k.seller_id = m.setter_id and k.buyer_id = %(seller_id)s and k.status = 'active'))
) as l on n.gross < l.floor_gross or n.gross > l.ceiling_gross
order by 1, 3, 4

-- name: list_channels
-- To whom the lists sell: to traders, to consumers, or both.
select distinct case a.audience when 'consumer' then 'retail' else 'trade' end
from pricing.assignment a where a.list_id = %(list_id)s

-- name: list_resale_limits
-- Limits of the caller's own, and those that bind it.
select m.id, m.setter_id, o.name as setter_name, m.sku_id, s.code as sku_code, s.name_zh, s.name_en, m.pack_id,
       p.code as pack_code, m.seller_kind, m.channel, m.currency, m.is_tax_included, m.floor_minor, m.ceiling_minor,
       m.valid_from, m.valid_until, m.version
from pricing.resale_limit m
join network.organization o on o.id = m.setter_id
join catalog.sku s on s.id = m.sku_id
join catalog.pack p on p.id = m.pack_id
where (%(sku_id)s::int is null or m.sku_id = %(sku_id)s)
  and (%(setter_id)s::int is null or m.setter_id = %(setter_id)s)
  and (%(keys)s::text[] is null or s.search @> %(keys)s)
  and (%(is_whole)s or m.setter_id = any (%(organization_ids)s) or (m.seller_kind = %(kind)s and (m.setter_id = s.brand_id and s.product_line_id = any (%(line_ids)s) or exists (select from network.trade_link k where k.seller_id = m.setter_id and k.buyer_id = any (%(organization_ids)s) and k.status = 'active')))) -- scope

-- name: find_own_limit
select m.id, m.setter_id, m.sku_id, m.pack_id, m.seller_kind, m.channel, m.currency, m.is_tax_included, m.floor_minor,
       m.ceiling_minor, m.valid_from, m.valid_until, m.version
from pricing.resale_limit m
where m.id = %(limit_id)s
  and (%(is_whole)s or m.setter_id = %(organization_id)s) -- scope

-- name: find_limit_by_key
select m.id, m.setter_id, m.sku_id, m.pack_id, m.seller_kind, m.channel, m.currency, m.is_tax_included, m.floor_minor,
       m.ceiling_minor, m.valid_from, m.valid_until, m.version
from pricing.resale_limit m
where m.setter_id = %(setter_id)s and m.pack_id = %(pack_id)s and m.seller_kind = %(seller_kind)s
  and m.channel = %(channel)s and m.valid_from = %(valid_from)s
for update

-- name: set_resale_limit
insert into pricing.resale_limit as m
    (setter_id, sku_id, pack_id, seller_kind, channel, currency, is_tax_included, floor_minor, ceiling_minor, valid_from,
     valid_until)
values (%(setter_id)s, %(sku_id)s, %(pack_id)s, %(seller_kind)s, %(channel)s, %(currency)s, %(is_tax_included)s,
        %(floor_minor)s, %(ceiling_minor)s, %(valid_from)s, %(valid_until)s)
on conflict (setter_id, pack_id, seller_kind, channel, valid_from)
do update set currency = excluded.currency, is_tax_included = excluded.is_tax_included,
              floor_minor = excluded.floor_minor, ceiling_minor = excluded.ceiling_minor,
              valid_until = excluded.valid_until, version = m.version + 1
returning m.id, m.setter_id, m.sku_id, m.pack_id, m.seller_kind, m.channel, m.currency, m.is_tax_included,
          m.floor_minor, m.ceiling_minor, m.valid_from, m.valid_until, m.version

-- name: remove_resale_limit
delete from pricing.resale_limit where id = %(limit_id)s and version = %(version)s

-- name: bound_sellers
-- Whom a limit of a setter on a SKU can bind: its buyers, and for the SKU's own brand its whole channel.
with recursive channel (organization_id) as (
    select k.buyer_id from network.trade_link k where k.seller_id = %(setter_id)s
    union
    select k.buyer_id
    from channel c
    join network.trade_link k on k.seller_id = c.organization_id
    where exists (select from catalog.sku s where s.id = %(sku_id)s and s.brand_id = %(setter_id)s)
)
select c.organization_id from channel c order by 1

-- name: list_breaches
-- Published prices that hold on a day and break a limit of that day, as the price book would refuse them.
select i.id, l.id as list_id, l.code as list_code, l.name as list_name, l.seller_id, o.name as seller_name,
       m.id as limit_id, m.setter_id, m.channel, s.id as sku_id, s.code as sku_code, s.name_zh, s.name_en,
       p.id as pack_id, p.code as pack_code, l.currency, i.min_packs, i.price_minor, l.is_tax_included, m.floor_minor,
       m.ceiling_minor, m.is_tax_included as is_limit_tax_included
from pricing.resale_limit m
join catalog.sku s on s.id = m.sku_id
join catalog.tax_class t on t.id = s.tax_class_id
join catalog.pack p on p.id = m.pack_id
join pricing.price_item i on i.pack_id = m.pack_id
join pricing.price_list l on l.id = i.list_id and l.status = 'published' and l.currency = m.currency
join network.organization o on o.id = l.seller_id and o.kind = m.seller_kind
cross join lateral (
    select i.price_minor::numeric * (1000000 + case when l.is_tax_included then 0 else t.rate_ppm end) as price,
           m.floor_minor::numeric * (1000000 + case when m.is_tax_included then 0 else t.rate_ppm end) as floor,
           m.ceiling_minor::numeric * (1000000 + case when m.is_tax_included then 0 else t.rate_ppm end) as ceiling
) as gross
where (gross.price < gross.floor or gross.price > gross.ceiling)
  and l.valid_from <= %(on)s and (l.valid_until is null or %(on)s < l.valid_until)
  and i.valid_from <= %(on)s and (i.valid_until is null or %(on)s < i.valid_until)
  and m.valid_from <= %(on)s and (m.valid_until is null or %(on)s < m.valid_until)
  and exists (select from pricing.assignment a
              where a.list_id = l.id and (a.audience = 'consumer') = (m.channel = 'retail'))
  and (m.setter_id = s.brand_id
       or exists (select from network.trade_link k
                  where k.seller_id = m.setter_id and k.buyer_id = l.seller_id and k.status = 'active'))
  and (%(seller_id)s::int is null or l.seller_id = %(seller_id)s)
  and (%(keys)s::text[] is null or s.search @> %(keys)s)
  and (%(is_whole)s or l.seller_id = any (%(organization_ids)s) or m.setter_id = any (%(organization_ids)s)) -- scope

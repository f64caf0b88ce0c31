-- name: visible_lines
-- Product lines whose SKUs somebody may see: a brand's own; a buyer's by live grants to order. A grant for every line
-- stands for every line that the seller itself may see, so a dealer of one brand never sees another's.
with recursive source (organization_id) as (
    select unnest(%(organization_ids)s::int[])
    union
    select k.seller_id
    from source s
    join network.trade_link k on k.buyer_id = s.organization_id and k.status = 'active'
    join network.organization b on b.id = k.buyer_id
    join network.link_grant g on g.link_id = k.id and g.capability = 'order' and g.revoked_at is null
    and (g.valid_from is null or g.valid_from <= (%(now)s::timestamptz at time zone b.time_zone)::date)
    and (g.valid_until is null or g.valid_until > (%(now)s::timestamptz at time zone b.time_zone)::date)
    where g.product_line_id is null
      and k.valid_from <= (%(now)s::timestamptz at time zone b.time_zone)::date
      and (k.valid_until is null or (%(now)s::timestamptz at time zone b.time_zone)::date < k.valid_until)
)
select l.id from network.product_line l where l.brand_id in (select s.organization_id from source s)
union
select g.product_line_id
from source s
join network.trade_link k on k.buyer_id = s.organization_id and k.status = 'active'
join network.organization b on b.id = k.buyer_id
join network.link_grant g on g.link_id = k.id and g.capability = 'order' and g.revoked_at is null
    and (g.valid_from is null or g.valid_from <= (%(now)s::timestamptz at time zone b.time_zone)::date)
    and (g.valid_until is null or g.valid_until > (%(now)s::timestamptz at time zone b.time_zone)::date)
where g.product_line_id is not null
  and k.valid_from <= (%(now)s::timestamptz at time zone b.time_zone)::date
  and (k.valid_until is null or (%(now)s::timestamptz at time zone b.time_zone)::date < k.valid_until)

-- name: channel_of_brand
-- A brand and everyone who sells its goods on, down the links.
with recursive channel (organization_id) as (
    select unnest(%(brand_ids)s::int[])
    union
    select k.buyer_id from channel c join network.trade_link k on k.seller_id = c.organization_id
)
select c.organization_id from channel c order by 1

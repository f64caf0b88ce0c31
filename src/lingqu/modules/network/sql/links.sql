-- name: add_links
insert into network.trade_link
    (seller_id, buyer_id, status, valid_from, valid_until, shortage_policy, title_passes, approval_hours, payment_days,
     approval_above_minor)
select l.seller_id, l.buyer_id, 'active', l.valid_from, l.valid_until, l.shortage_policy, l.title_passes,
       l.approval_hours, l.payment_days, l.approval_above_minor
from unnest(%(seller_id)s::int[], %(buyer_id)s::int[], %(valid_from)s::date[], %(valid_until)s::date[],
            %(shortage_policy)s::text[], %(title_passes)s::text[], %(approval_hours)s::int[], %(payment_days)s::int[],
            %(approval_above_minor)s::bigint[])
     as l (seller_id, buyer_id, valid_from, valid_until, shortage_policy, title_passes, approval_hours, payment_days,
           approval_above_minor)
on conflict (seller_id, buyer_id) do nothing
returning seller_id, buyer_id, id

-- name: add_grants
insert into network.link_grant (link_id, capability, product_line_id, granted_at)
select g.link_id, g.capability, g.product_line_id, %(now)s
from unnest(%(link_id)s::int[], %(capability)s::text[], %(product_line_id)s::int[])
     as g (link_id, capability, product_line_id)

-- name: link_terms
-- Parallel arrays of sellers and buyers; a pair without a link has no row. A party that is not active does not trade.
select l.id, l.seller_id, l.buyer_id, l.valid_from, l.valid_until, l.shortage_policy, l.title_passes,
       l.approval_hours, l.payment_days, l.approval_above_minor,
       l.status = 'active' and s.status = 'active' and b.status = 'active' as is_active,
       coalesce((select jsonb_agg(jsonb_build_object('capability', g.capability, 'product_line_id', g.product_line_id)
                           order by g.id)
                 from network.link_grant g where g.link_id = l.id and g.revoked_at is null), '[]') as grants
from unnest(%(seller_id)s::int[], %(buyer_id)s::int[]) as pair (seller_id, buyer_id)
join network.trade_link l on l.seller_id = pair.seller_id and l.buyer_id = pair.buyer_id
join network.organization s on s.id = l.seller_id
join network.organization b on b.id = l.buyer_id
order by l.id

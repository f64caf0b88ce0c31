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
insert into network.link_grant (link_id, capability, product_line_id, valid_from, valid_until, granted_at)
select g.link_id, g.capability, g.product_line_id, g.valid_from, g.valid_until, %(now)s
from unnest(%(link_id)s::int[], %(capability)s::text[], %(product_line_id)s::int[], %(valid_from)s::date[],
            %(valid_until)s::date[])
     as g (link_id, capability, product_line_id, valid_from, valid_until)

-- name: link_terms
-- Parallel arrays of sellers and buyers; a pair without a link has no row. A party that is not active does not trade.
select l.id, l.seller_id, l.buyer_id, l.valid_from, l.valid_until, l.shortage_policy, l.title_passes,
       l.approval_hours, l.payment_days, l.approval_above_minor,
       l.status = 'active' and s.status = 'active' and b.status = 'active' as is_active,
       coalesce((select jsonb_agg(jsonb_build_object('capability', g.capability, 'product_line_id', g.product_line_id,
                                              'valid_from', g.valid_from, 'valid_until', g.valid_until)
                           order by g.id)
                 from network.link_grant g where g.link_id = l.id and g.revoked_at is null), '[]') as grants
from unnest(%(seller_id)s::int[], %(buyer_id)s::int[]) as pair (seller_id, buyer_id)
join network.trade_link l on l.seller_id = pair.seller_id and l.buyer_id = pair.buyer_id
join network.organization s on s.id = l.seller_id
join network.organization b on b.id = l.buyer_id
order by l.id

-- name: list_links
select l.id, l.seller_id, s.name as seller_name, s.name_en as seller_name_en, l.buyer_id, b.name as buyer_name,
       b.name_en as buyer_name_en, l.status, l.valid_from,
       l.valid_until, l.shortage_policy, l.payment_days, l.version,
       s.sort_key as seller_key, b.sort_key as buyer_key,
       array(select distinct g.capability from network.link_grant g
             where g.link_id = l.id and g.revoked_at is null
               and (g.valid_from is null or g.valid_from <= (%(now)s::timestamptz at time zone s.time_zone)::date)
               and (g.valid_until is null or g.valid_until > (%(now)s::timestamptz at time zone s.time_zone)::date)
             order by 1) as capabilities
from network.trade_link l
join network.organization s on s.id = l.seller_id
join network.organization b on b.id = l.buyer_id
where (%(selling_id)s::int is null or l.seller_id = %(selling_id)s)
  and (%(buying_id)s::int is null or l.buyer_id = %(buying_id)s)
  and (%(seller_id)s::int is null or l.seller_id = %(seller_id)s)
  and (%(buyer_id)s::int is null or l.buyer_id = %(buyer_id)s)
  and (%(status)s::text is null or l.status = %(status)s)
  and (%(keys)s::text[] is null or s.search @> %(keys)s or b.search @> %(keys)s)
  and (%(is_whole)s or l.seller_id = any(%(organization_ids)s) or l.buyer_id = any(%(organization_ids)s)) -- scope

-- name: read_link
-- ``as_seller``: only for the seller's side.
select l.id, l.seller_id, s.name as seller_name, s.name_en as seller_name_en, l.buyer_id, b.name as buyer_name,
       b.name_en as buyer_name_en, l.status, l.valid_from,
       l.valid_until, l.shortage_policy, l.title_passes, l.approval_hours, l.payment_days, l.approval_above_minor,
       s.currency, l.version,
       %(is_whole)s or l.seller_id = any(%(organization_ids)s) as is_ours,
       coalesce((
           select jsonb_agg(to_jsonb(g) - 'link_id' || jsonb_build_object('line_zh', p.name_zh, 'line_en', p.name_en)
                            order by array_position('{live,planned}', g.state) nulls last, g.revoked_at desc, g.id)
           from (select h.*,
                        case when h.valid_until <= coalesce((h.revoked_at at time zone s.time_zone)::date, n.today)
                             then 'ended'
                             when h.revoked_at is not null then 'revoked'
                             when h.valid_from > n.today then 'planned'
                             else 'live' end as state
                 from network.link_grant h,
                      (select (%(now)s::timestamptz at time zone s.time_zone)::date as today) n
                 where h.link_id = l.id) g
           left join network.product_line p on p.id = g.product_line_id), '[]') as grants
from network.trade_link l
join network.organization s on s.id = l.seller_id
join network.organization b on b.id = l.buyer_id
where l.id = %(id)s
  and (%(is_whole)s or l.seller_id = any(%(organization_ids)s) or (not %(as_seller)s and l.buyer_id = any(%(organization_ids)s))) -- scope

-- name: find_in_scope
select o.id from network.organization o
where o.id = %(id)s and o.status <> 'closed'
  and (%(is_whole)s or o.id = any(%(organization_ids)s)) -- scope

-- name: edit_link
update network.trade_link
set status = %(status)s, valid_until = %(valid_until)s, shortage_policy = %(shortage_policy)s,
    title_passes = %(title_passes)s, approval_hours = %(approval_hours)s, payment_days = %(payment_days)s,
    approval_above_minor = %(approval_above_minor)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: grant
insert into network.link_grant (link_id, capability, product_line_id, valid_from, valid_until, granted_at)
values (%(link_id)s, %(capability)s, %(product_line_id)s, %(valid_from)s, %(valid_until)s, %(now)s)
on conflict (link_id, capability, product_line_id) where revoked_at is null do nothing
returning id

-- name: close_ended
-- What is over on its own makes room for the same right anew; its days stay.
update network.link_grant set revoked_at = %(now)s, revoked_reason = ''
where link_id = %(link_id)s and capability = %(capability)s
  and product_line_id is not distinct from %(product_line_id)s::int and revoked_at is null
  and valid_until <= %(today)s

-- name: set_grant_days
update network.link_grant set valid_from = %(valid_from)s, valid_until = %(valid_until)s
where id = %(id)s and link_id = %(link_id)s and revoked_at is null
  and (valid_until is null or valid_until > %(today)s)

-- name: revoke
update network.link_grant set revoked_at = %(now)s, revoked_reason = %(reason)s
where id = %(id)s and link_id = %(link_id)s and revoked_at is null
  and (valid_until is null or valid_until > %(today)s)

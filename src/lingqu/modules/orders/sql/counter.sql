-- name: list_sales
-- How the customer paid stands behind the number in the memo of the entry that the sale wrote; the note is the one
-- that the till placed the order with.
select o.cell_id, o.id, o.number, o.seller_id, s.name as seller_name, m.id as member_id, m.name as member_name,
       m.code as member_code, coalesce(split_part(e.memo, ' ', 2), '') as tender, o.currency, o.total_minor,
       coalesce((select sum(p.refunded_minor) from orders.payment as p
                 where p.cell_id = o.cell_id and p.order_id = o.id), 0)::bigint as refunded_minor,
       (select count(*) from orders.line as l where l.cell_id = o.cell_id and l.order_id = o.id) as line_count,
       o.business_on, o.placed_at as sold_at, coalesce(u.name, '') as sold_by, n.name as node_name,
       o.goods_minor, o.tax_minor, coalesce(w.note, '') as note
from orders.order as o
join network.organization as s on s.id = o.seller_id
join network.node as n on n.id = o.ship_from
left join orders.buyer_side as w on w.cell_id = o.cell_id and w.order_id = o.id
left join membership.member as m on m.id = o.buyer
left join identity.user as u on u.id = o.placed_by
left join ledger.entry as e on e.cell_id = o.cell_id and e.document_id = o.id and e.kind = 'sale'
where o.kind = 'retail'
  and (%(id)s::uuid is null or o.id = %(id)s)
  and (%(seller_id)s::int is null or o.seller_id = %(seller_id)s)
  and (%(member_id)s::uuid is null or o.buyer = %(member_id)s)
  and (%(tender)s::text is null or split_part(e.memo, ' ', 2) = %(tender)s)
  and (%(is_refunded)s::bool is null or (o.return_status <> 'none') = %(is_refunded)s)
  and (%(sold_from)s::date is null or o.business_on >= %(sold_from)s)
  and (%(sold_until)s::date is null or o.business_on < %(sold_until)s)
  and (%(number)s::text is null or o.number ilike %(number)s or m.search @> %(keys)s::text[])
  and (%(is_whole)s or o.seller_id = any (%(organization_ids)s)) -- scope

-- name: sum_day
-- Sales by the day they were made, refunds by the day the money went back, each under how the sale was paid.
-- It names the caller's own organization and nothing else.
select t.tender, sum(t.sale_count)::int as sale_count, sum(t.sold_minor)::bigint as sold_minor,
       sum(t.refund_count)::int as refund_count, sum(t.refunded_minor)::bigint as refunded_minor
from (
    select coalesce(split_part(e.memo, ' ', 2), '') as tender, count(*) as sale_count, sum(o.total_minor) as sold_minor,
           0 as refund_count, 0 as refunded_minor
    from orders.order as o
    left join ledger.entry as e on e.cell_id = o.cell_id and e.document_id = o.id and e.kind = 'sale'
    where o.cell_id = %(cell_id)s and o.seller_id = %(organization_id)s and o.kind = 'retail'
      and o.business_on = %(business_on)s
    group by 1
    union all
    select coalesce(split_part(e.memo, ' ', 2), ''), 0, 0, count(distinct r.id), sum(p.amount)
    from orders.order as o
    join ledger.entry as r on r.cell_id = o.cell_id and r.document_id = o.id and r.kind = 'refund'
    join ledger.posting as p on p.cell_id = r.cell_id and p.entry_id = r.id
    left join ledger.entry as e on e.cell_id = o.cell_id and e.document_id = o.id and e.kind = 'sale'
    where o.cell_id = %(cell_id)s and o.seller_id = %(organization_id)s and o.kind = 'retail'
      and o.return_status <> 'none' and r.business_on = %(business_on)s
    group by 1
) as t
group by t.tender
order by sum(t.sold_minor) desc, t.tender

-- name: list_counter_goods
-- The bin is the one that the caller's own counter sells from.
select s.id, s.code as sku_code, s.name_zh, s.name_en, s.base_unit, s.sort_key,
       (select q.id from catalog.picture as q where q.sku_id = s.id order by q.place limit 1) as picture_id
from stock.balance as b
join catalog.sku as s on s.id = b.sku_id
where b.cell_id = %(cell_id)s and b.bin_id = %(bin_id)s and b.on_hand > 0
  and s.status <> 'archived'
  and (%(keys)s::text[] is null or s.search @> %(keys)s)

-- name: find_counter_packs
select p.sku_id, p.id as pack_id, p.name_zh, p.name_en, p.units
from catalog.pack as p
where p.sku_id = any (%(sku_ids)s::int[]) and p.is_orderable
order by p.sku_id, p.units, p.id

-- name: list_orders
-- An order whose time is over is expired for whoever reads it, swept or not.
select o.id, o.number, o.kind, o.channel, o.buyer_id, coalesce(b.name, '') as buyer_name,
       o.seller_id, s.name as seller_name,
       case when o.status = 'placed' and o.expires_at <= %(now)s then 'expired' else o.status end as status, o.approval_status, o.payment_status, o.fulfilment_status,
       o.return_status, o.currency, o.total_minor, o.business_on, o.placed_at, o.requested_on,
       (select count(*) from orders.line as l where l.cell_id = o.cell_id and l.order_id = o.id) as line_count
from orders.order as o
join network.organization as s on s.id = o.seller_id
left join network.organization as b on b.id = o.buyer_id
where (%(side)s::text is null or (case %(side)s when 'buying' then o.buyer_id else o.seller_id end) = %(own_id)s)
  and (%(kind)s::text is null or o.kind = %(kind)s)
  and (%(status)s::text is null or %(status)s = case when o.status = 'placed' and o.expires_at <= %(now)s then 'expired' else o.status end)
  and (%(approval_status)s::text is null or o.approval_status = %(approval_status)s)
  and (%(fulfilment_status)s::text is null or o.fulfilment_status = %(fulfilment_status)s)
  and (%(seller_id)s::int is null or o.seller_id = %(seller_id)s)
  and (%(buyer_id)s::int is null or o.buyer_id = %(buyer_id)s)
  and (%(placed_from)s::date is null or o.business_on >= %(placed_from)s)
  and (%(placed_until)s::date is null or o.business_on < %(placed_until)s)
  and (%(sku_id)s::int is null or exists (
      select from orders.line as l where l.cell_id = o.cell_id and l.order_id = o.id and l.sku_id = %(sku_id)s))
  and (%(q)s::text is null or o.number ilike %(q)s or s.name ilike %(q)s or b.name ilike %(q)s
       or exists (select from orders.buyer_side as p where p.cell_id = o.cell_id and p.order_id = o.id
                  and o.buyer_id = %(own_id)s and p.po_number ilike %(q)s))
  and (%(is_whole)s or o.seller_id = any (%(organization_ids)s) or o.buyer_id = any (%(organization_ids)s)) -- scope

-- name: find_order
select o.cell_id, o.id, o.number, o.kind, o.channel, o.buyer_id, coalesce(b.name, '') as buyer_name,
       o.seller_id, s.name as seller_name,
       case when o.status = 'placed' and o.expires_at <= %(now)s then 'expired' else o.status end as status, o.approval_status, o.payment_status, o.fulfilment_status,
       o.return_status, o.shortage_policy, o.title_passes, o.currency, o.goods_minor, o.discount_minor,
       o.freight_minor, o.tax_minor, o.total_minor, o.ship_from, n.name as ship_from_name, o.ship_to, o.business_on,
       o.requested_on, o.placed_at, o.placed_by, o.direct as direct_role, coalesce(u.name, '') as placed_by_name,
       o.kind = 'channel' and o.actor_party = o.seller as is_on_behalf, o.expires_at, o.version,
       (select count(*) from network.node as w
        where w.organization_id = o.seller_id and w.is_open and w.home_cell = o.cell_id) as node_count
from orders.order as o
join network.organization as s on s.id = o.seller_id
join network.node as n on n.id = o.ship_from
left join network.organization as b on b.id = o.buyer_id
left join identity.user as u on u.id = o.placed_by
where o.id = %(id)s
  and (%(is_whole)s or o.seller_id = any (%(organization_ids)s) or o.buyer_id = any (%(organization_ids)s)) -- scope

-- name: read_order_lines
-- Lines of an order that the caller was found to see.
select l.line_no, l.sku_id, k.code as sku_code, k.name_zh, k.name_en, k.base_unit, l.pack_id,
       p.name_zh as pack_name_zh, p.name_en as pack_name_en, l.asked_packs, l.packs, l.units_per_pack, l.quantity,
       case when l.supplier_id is null then l.reserved else l.back_ordered end as reserved,
       case when l.supplier_id is null then l.back_ordered else 0 end as back_ordered, l.cancelled, l.shipped, l.received, l.short, l.returned, l.price_minor,
       l.is_tax_included, l.tax_ppm, l.discount_minor, l.tax_minor, l.total_minor, l.price_item_id,
       n.name as node_name, t.part_of, l.supplier_id
from orders.line as l
join network.bin as b on b.id = (l.key >> 32)::int
join network.node as n on n.id = b.node_id
left join routing.part as t on t.cell_id = l.cell_id and t.order_id = l.order_id and t.line_no = l.line_no
join catalog.sku as k on k.id = l.sku_id
join catalog.pack as p on p.id = l.pack_id
where l.cell_id = %(cell_id)s and l.order_id = %(order_id)s
order by l.line_no

-- name: read_order_payments
select p.account_id, a.kind as account_kind, p.amount_minor, p.settled_minor, p.released_minor, p.refunded_minor
from orders.payment as p
join ledger.account as a on a.cell_id = p.cell_id and a.id = p.account_id
where p.cell_id = %(cell_id)s and p.order_id = %(order_id)s
order by p.position

-- name: read_order_steps
select t.name, t.from_status, t.to_status, t.actor_name, t.reason, t.facts, t.taken_at
from orders.step as t
where t.cell_id = %(cell_id)s and t.order_id = %(order_id)s
order by t.version, t.id

-- name: read_order_shipments
select s.id, s.number, s.status, s.carrier, s.tracking, s.business_on, s.shipped_at, s.received_at
from orders.shipment as s
where s.cell_id = %(cell_id)s and s.order_id = %(order_id)s
order by s.shipped_at, s.number

-- name: read_order_shipment_lines
select l.shipment_id, l.position, l.line_no, l.lot_code, l.expires_on, l.quantity, l.received, l.short, l.short_reason
from orders.shipment_line as l
join orders.shipment as s on s.cell_id = l.cell_id and s.id = l.shipment_id
where s.cell_id = %(cell_id)s and s.order_id = %(order_id)s
order by l.shipment_id, l.position

-- name: read_order_returns
select r.id, r.number, r.status, r.reason, r.decision_reason, r.refund_minor, r.requested_at, r.decided_at, r.joint_id,
       r.twin_id is not null and o.direct = 'selling' as is_supplier_asked
from orders.return as r
join orders.order as o on o.cell_id = r.cell_id and o.id = r.order_id
where r.cell_id = %(cell_id)s and r.order_id = %(order_id)s
order by r.id

-- name: read_order_return_lines
select l.return_id, l.line_no, l.quantity, l.refund_minor, l.accepted, l.reason, l.decision_reason
from orders.return_line as l
join orders.return as r on r.cell_id = l.cell_id and r.id = l.return_id
where r.cell_id = %(cell_id)s and r.order_id = %(order_id)s
order by l.return_id, l.line_no

-- name: read_buyer_side
select b.po_number, b.note, b.receiving_node_id from orders.buyer_side as b
where b.cell_id = %(cell_id)s and b.order_id = %(order_id)s

-- name: read_seller_side
select s.note, s.cost_minor from orders.seller_side as s
where s.cell_id = %(cell_id)s and s.order_id = %(order_id)s

-- name: is_routed
select exists (select from routing.decision as d where d.cell_id = %(cell_id)s and d.order_id = %(order_id)s)

-- name: read_about
-- What a notice says of an order; one without a number yet is called by its date.
select coalesce(o.number, to_char(o.business_on, 'YYYY-MM-DD')) as number, o.buyer, coalesce(b.name, '') as buyer_name,
       o.seller, s.name as seller_name, o.approval_status = 'waiting' as is_waiting,
       o.kind = 'channel' and o.actor_party = o.seller as is_entered
from orders.order as o
join network.organization as s on s.id = o.seller_id
left join network.organization as b on b.id = o.buyer_id
where o.cell_id = %(cell_id)s and o.id = %(id)s

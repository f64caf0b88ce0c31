-- name: insert_shipments
insert into orders.shipment (cell_id, id, order_id, number, status, carrier, tracking, business_on, shipped_at)
select %(cell_id)s, u.id, u.order_id, u.number, 'shipped', u.carrier, u.tracking, %(business_on)s, %(now)s
from unnest(%(id)s::uuid[], %(order_id)s::uuid[], %(number)s::text[], %(carrier)s::text[], %(tracking)s::text[])
    as u (id, order_id, number, carrier, tracking)

-- name: load_shipment_lines
copy orders.shipment_line (
    cell_id, shipment_id, position, order_id, line_no, quantity, lot_id, lot_code, produced_on, expires_on)
from stdin (format binary)

-- name: find_shipment_orders
-- Which orders some shipments belong to.
select s.id, s.order_id from orders.shipment as s where s.id = any (%(ids)s)

-- name: read_shipments
-- Shipments of locked orders, so nobody else changes them now.
select s.id, s.order_id, s.number, s.status, b.receiving_node_id, s.source_cell, s.source_id
from orders.shipment as s
left join orders.buyer_side as b on b.cell_id = s.cell_id and b.order_id = s.order_id
where s.cell_id = %(cell_id)s and s.id = any (%(ids)s)

-- name: read_shipment_lines
select l.shipment_id, l.position, l.line_no, l.lot_id, l.quantity
from orders.shipment_line as l
where l.cell_id = %(cell_id)s and l.shipment_id = any (%(ids)s)
order by l.shipment_id, l.position

-- name: save_shipments
update orders.shipment as s set status = 'received', received_at = %(now)s
where s.cell_id = %(cell_id)s and s.id = any (%(ids)s)

-- name: save_shipment_lines
update orders.shipment_line as l
set received = u.received, short = u.short, short_reason = u.reason, cost_minor = u.cost
from unnest(%(shipment_id)s::uuid[], %(position)s::smallint[], %(received)s::bigint[], %(short)s::bigint[],
            %(reason)s::text[], %(cost)s::bigint[]) as u (shipment_id, position, received, short, reason, cost)
where l.cell_id = %(cell_id)s and l.shipment_id = u.shipment_id and l.position = u.position

-- name: add_cost
-- What the goods cost their seller, for the margin that only the seller sees.
insert into orders.seller_side as s (cell_id, order_id, cost_minor)
select %(cell_id)s, u.order_id, u.cost from unnest(%(order_id)s::uuid[], %(cost)s::bigint[]) as u (order_id, cost)
order by u.order_id
on conflict (cell_id, order_id) do update set cost_minor = s.cost_minor + excluded.cost_minor

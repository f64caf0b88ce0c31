-- name: insert_hand_overs
-- What goes over the counter is a shipment that has arrived.
insert into orders.shipment (cell_id, id, order_id, number, status, business_on, shipped_at, received_at)
select %(cell_id)s, u.id, u.order_id, u.number, 'received', %(business_on)s, %(now)s, %(now)s
from unnest(%(id)s::uuid[], %(order_id)s::uuid[], %(number)s::text[]) as u (id, order_id, number)

-- name: insert_hand_over_lines
insert into orders.shipment_line (cell_id, shipment_id, position, order_id, line_no, lot_id, lot_code, produced_on,
                                  expires_on, quantity, received, cost_minor)
select %(cell_id)s, u.shipment_id, u.position, u.order_id, u.line_no, u.lot_id, u.lot_code, u.produced_on,
       u.expires_on, u.quantity, u.quantity, u.cost
from unnest(%(shipment_id)s::uuid[], %(position)s::smallint[], %(order_id)s::uuid[], %(line_no)s::smallint[],
            %(lot_id)s::uuid[], %(lot_code)s::text[], %(produced_on)s::date[], %(expires_on)s::date[],
            %(quantity)s::bigint[], %(cost)s::bigint[])
    as u (shipment_id, position, order_id, line_no, lot_id, lot_code, produced_on, expires_on, quantity, cost)

-- name: read_sold_lots
-- Which lots a line was served from, the last first.
select l.line_no, l.lot_code, l.produced_on, l.expires_on, l.quantity
from orders.shipment_line as l
join orders.shipment as s on s.cell_id = l.cell_id and s.id = l.shipment_id
where l.cell_id = %(cell_id)s and s.order_id = %(order_id)s
order by l.line_no, l.position desc

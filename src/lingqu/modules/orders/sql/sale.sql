-- name: finish_sales
-- A sale at the counter is paid and handed over at once.
update orders.order as o set payment_status = 'paid', fulfilment_status = 'received'
where o.cell_id = %(cell_id)s and o.id = any (%(ids)s)

-- name: finish_sale_lines
update orders.line as l set reserved = 0, shipped = l.quantity, received = l.quantity
where l.cell_id = %(cell_id)s and l.order_id = any (%(ids)s)

-- name: finish_sale_payments
update orders.payment as p set settled_minor = p.amount_minor
where p.cell_id = %(cell_id)s and p.order_id = any (%(ids)s)

-- name: read_sold_lots
-- Which lots a line was served from, the last first.
select l.line_no, l.lot_code, l.produced_on, l.expires_on, l.quantity
from orders.shipment_line as l
join orders.shipment as s on s.cell_id = l.cell_id and s.id = l.shipment_id
where l.cell_id = %(cell_id)s and s.order_id = %(order_id)s
order by l.line_no, l.position desc

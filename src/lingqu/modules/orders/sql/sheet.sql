-- name: find_order_cells
-- Orders are named by their id alone; few cells, so the index on (cell_id, id) is skipped through.
select o.id, o.cell_id, o.direct is not null as is_direct from orders.order as o where o.id = any (%(ids)s)

-- name: lock_orders
select o.id, o.kind, o.buyer, o.buyer_id, o.seller, o.seller_id, o.number, o.status, o.approval_status,
       o.payment_status, o.fulfilment_status, o.return_status, o.title_passes, o.currency, o.freight_minor,
       o.freight_posted_minor, o.total_minor, o.ship_from, o.business_on,
       (select s.time_zone from network.organization as s where s.id = o.seller_id) as time_zone, o.placed_by, o.expires_at, o.version,
       o.direct
from orders.order as o
where o.cell_id = %(cell_id)s and o.id = any (%(ids)s)
order by o.id for update

-- name: read_lines
select l.order_id, l.line_no, l.sku_id, l.key, l.units_per_pack, l.quantity, l.reserved, l.back_ordered, l.cancelled,
       l.shipped, l.received, l.short, l.returned, l.tax_minor, l.total_minor, l.supplier_id
from orders.line as l
where l.cell_id = %(cell_id)s and l.order_id = any (%(ids)s)
order by l.order_id, l.line_no

-- name: read_payments
select p.order_id, p.account_id, p.position, p.amount_minor, p.settled_minor, p.released_minor, p.refunded_minor
from orders.payment as p
where p.cell_id = %(cell_id)s and p.order_id = any (%(ids)s)
order by p.order_id, p.position

-- name: save_orders
update orders.order as o
set number = u.number, status = u.status, approval_status = u.approval, payment_status = u.payment,
    fulfilment_status = u.fulfilment, return_status = u.returns, freight_posted_minor = u.freight_posted,
    expires_at = u.expires, version = u.version
from unnest(%(id)s::uuid[], %(number)s::text[], %(status)s::text[], %(approval)s::text[], %(payment)s::text[],
            %(fulfilment)s::text[], %(returns)s::text[], %(freight_posted)s::bigint[], %(expires)s::timestamptz[],
            %(version)s::int[])
    as u (id, number, status, approval, payment, fulfilment, returns, freight_posted, expires, version)
where o.cell_id = %(cell_id)s and o.id = u.id

-- name: save_lines
update orders.line as l
set key = u.key, reserved = u.reserved, back_ordered = u.back_ordered, cancelled = u.cancelled, shipped = u.shipped,
    received = u.received, short = u.short, returned = u.returned
from unnest(%(order_id)s::uuid[], %(line_no)s::smallint[], %(key)s::bigint[], %(reserved)s::bigint[],
            %(back_ordered)s::bigint[], %(cancelled)s::bigint[], %(shipped)s::bigint[], %(received)s::bigint[], %(short)s::bigint[],
            %(returned)s::bigint[])
    as u (order_id, line_no, key, reserved, back_ordered, cancelled, shipped, received, short, returned)
where l.cell_id = %(cell_id)s and l.order_id = u.order_id and l.line_no = u.line_no

-- name: save_payments
update orders.payment as p
set settled_minor = u.settled, released_minor = u.released, refunded_minor = u.refunded
from unnest(%(order_id)s::uuid[], %(account_id)s::uuid[], %(settled)s::bigint[], %(released)s::bigint[],
            %(refunded)s::bigint[])
    as u (order_id, account_id, settled, released, refunded)
where p.cell_id = %(cell_id)s and p.order_id = u.order_id and p.account_id = u.account_id

-- name: write_steps
insert into orders.step (cell_id, order_id, id, version, name, from_status, to_status, user_id, actor_name, reason, facts,
                         taken_at)
select %(cell_id)s, u.order_id, u.id, u.version, u.name, u.from_status, u.to_status, u.user_id, u.actor_name, u.reason,
       u.facts, %(now)s
from unnest(%(order_id)s::uuid[], %(id)s::uuid[], %(version)s::int[], %(name)s::text[], %(from_status)s::text[], %(to_status)s::text[],
            %(reason)s::text[], %(facts)s::jsonb[], %(user_id)s::int[], %(actor_name)s::text[])
    as u (order_id, id, version, name, from_status, to_status, reason, facts, user_id, actor_name)

-- name: find_due
-- Orders whose time is over, the longest overdue first.
select o.id from orders.order as o
where o.cell_id = %(cell_id)s and o.expires_at <= %(now)s and o.status = 'placed'
order by o.expires_at limit %(limit)s

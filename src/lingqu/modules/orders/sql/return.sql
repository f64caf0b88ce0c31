-- name: find_return_order
select r.order_id from orders.return as r where r.id = %(id)s

-- name: read_return
select r.id, r.order_id, r.number, r.status, b.receiving_node_id, r.twin_id, r.joint_id
from orders.return as r
left join orders.buyer_side as b on b.cell_id = r.cell_id and b.order_id = r.order_id
where r.cell_id = %(cell_id)s and r.id = %(id)s

-- name: read_return_lines
select l.line_no, l.quantity from orders.return_line as l
where l.cell_id = %(cell_id)s and l.return_id = %(return_id)s
order by l.line_no

-- name: read_open_return_lines
-- What other returns of the order ask for and nobody has decided yet.
select l.line_no, l.quantity from orders.return as r
join orders.return_line as l on l.cell_id = r.cell_id and l.return_id = r.id
where r.cell_id = %(cell_id)s and r.order_id = %(order_id)s and r.status = 'requested'

-- name: insert_return
with made as (
    insert into orders.return (cell_id, id, order_id, number, status, reason, requested_at)
    values (%(cell_id)s, %(id)s, %(order_id)s, %(number)s, 'requested', %(reason)s, %(now)s)
    returning cell_id, id
)
insert into orders.return_line (cell_id, return_id, line_no, quantity)
select made.cell_id, made.id, u.line_no, u.quantity
from made, unnest(%(line_no)s::smallint[], %(quantity)s::bigint[]) as u (line_no, quantity)

-- name: decide_return
update orders.return as r
set status = %(status)s, decision_reason = %(reason)s, refund_minor = %(refund_minor)s, decided_at = %(now)s
where r.cell_id = %(cell_id)s and r.id = %(id)s

-- name: hold_order
-- Held anew it keeps the day it was first held on.
insert into routing.held as h (cell_id, order_id, seller_id, cause, reason, held_at, tried_at)
values (%(cell_id)s, %(order_id)s, %(seller_id)s, %(cause)s, %(reason)s, %(now)s, %(now)s)
on conflict (cell_id, order_id) do update set cause = excluded.cause, reason = excluded.reason
returning xmax = 0

-- name: release_held
delete from routing.held as h where h.cell_id = %(cell_id)s and h.order_id = any (%(order_ids)s)

-- name: find_held
-- Those to try again, the longest untried first.
select h.order_id from routing.held as h
where h.cell_id = %(cell_id)s and h.tried_at <= %(before)s
order by h.tried_at, h.order_id limit %(limit)s

-- name: note_tried
update routing.held as h set tried_at = %(now)s, try_count = h.try_count + 1
where h.cell_id = %(cell_id)s and h.order_id = any (%(order_ids)s)

-- name: keep_parts
insert into routing.part (cell_id, order_id, line_no, part_of)
select %(cell_id)s, u.order_id, u.line_no, u.part_of
from unnest(%(order_id)s::uuid[], %(line_no)s::smallint[], %(part_of)s::smallint[]) as u (order_id, line_no, part_of)

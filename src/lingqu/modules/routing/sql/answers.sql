-- name: keep_answers
insert into routing.answer as a (cell_id, order_id, node_id, answer, reason, user_id, answered_at)
select %(cell_id)s, %(order_id)s, u.node_id, %(answer)s, %(reason)s, %(user_id)s, %(now)s
from unnest(%(node_ids)s::int[]) as u (node_id)
order by u.node_id
on conflict (cell_id, order_id, node_id)
do update set answer = excluded.answer, reason = excluded.reason, user_id = excluded.user_id,
              answered_at = excluded.answered_at

-- name: find_answers
select a.order_id, a.node_id, a.answer, a.reason,
       (select w.name from identity.user as w where w.id = a.user_id) as user_name, a.answered_at
from routing.answer as a
where a.cell_id = %(cell_id)s and a.order_id = any (%(order_ids)s)
order by a.order_id, a.node_id

-- name: forget_rejections
delete from routing.answer as a
where a.cell_id = %(cell_id)s and a.order_id = %(order_id)s and a.answer <> 'accepted'

-- name: forget_answers
delete from routing.answer as a
where a.cell_id = %(cell_id)s and a.order_id = %(order_id)s and a.node_id = any (%(node_ids)s::int[])

-- name: find_due
-- Orders whose nodes have not taken the work on in time, the longest overdue first.
select d.order_id from routing.decision as d
where d.cell_id = %(cell_id)s and d.due_at <= %(now)s
order by d.due_at, d.order_id limit %(limit)s

-- name: still_due
select distinct d.order_id from routing.decision as d
where d.cell_id = %(cell_id)s and d.order_id = any (%(order_ids)s) and d.due_at <= %(now)s

-- name: set_due
update routing.decision as d set due_at = %(due_at)s
where d.cell_id = %(cell_id)s and d.order_id = any (%(order_ids)s) and d.due_at is not null

-- name: read_due
select max(d.due_at) from routing.decision as d
where d.cell_id = %(cell_id)s and d.order_id = %(order_id)s and d.due_at is not null

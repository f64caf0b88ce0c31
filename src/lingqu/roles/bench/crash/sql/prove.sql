-- name: orders_stored
-- Every order with the number of cells it stands in, and whether it is whole: lines, payments, and one fact of placing.
select o.id, count(*)::int as copies,
       bool_and(exists (select from orders.line as l where l.cell_id = o.cell_id and l.order_id = o.id)) as has_lines,
       bool_and(exists (select from orders.payment as p where p.cell_id = o.cell_id and p.order_id = o.id)) as has_payment
from orders.order as o
group by o.id

-- name: placed_events
select (e -> 'data' ->> 'order_id')::uuid as order_id, count(*)::int as copies
from runtime.outbox as o, jsonb_array_elements(coalesce(o.events, o.body::jsonb)) as e
where e ->> 'subject' = 'orders.placed.v1'
group by 1

-- name: steps_taken
select order_id, name, count(*)::int as copies from orders.step group by order_id, name

-- name: transfers_stored
select t.id, t.status, count(*)::int as copies,
       sum((select sum(l.shipped - l.received - l.lost) from stock.transfer_line as l
            where l.cell_id = t.cell_id and l.transfer_id = t.id))::int as in_transit
from stock.transfer as t
group by t.id, t.status

-- name: count_unpublished
select count(*)::int from runtime.outbox where published_at is null

-- name: events_unhandled
-- Events of a subject that a consumer has no inbox row for.
select count(*)::int
from runtime.outbox as o, jsonb_array_elements(coalesce(o.events, o.body::jsonb)) as e
where e ->> 'subject' = %(subject)s
  and not exists (select from runtime.inbox as i
                  where i.cell_id = o.cell_id and i.consumer = %(consumer)s and i.event_id = (e ->> 'id')::uuid)

-- name: count_events
select count(*)::int from runtime.outbox as o, jsonb_array_elements(coalesce(o.events, o.body::jsonb)) as e

-- name: count_dead_letters
select count(*)::int from runtime.dead_letter

-- name: notices_doubled
-- An event handled twice would have told somebody twice: each of these is told once in an order's life here.
select count(*)::int
from (select from notice.notice as n group by n.user_id, n.kind, n.path having count(*) > 1) as d

-- name: notices_of_placing
select count(*)::int from notice.notice where kind = 'orders.placed.v1'

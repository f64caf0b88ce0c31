-- name: add_deliveries
insert into partners.delivery
    (cell_id, id, webhook_id, event_id, subject, object, body, state, due_at, queued_at, give_up_at)
select %(cell_id)s, n.id, n.webhook_id, n.event_id, %(subject)s, n.object, n.body, 'waiting', %(due_at)s, %(now)s,
       %(give_up_at)s
from unnest(%(id)s::uuid[], %(webhook_id)s::int[], %(event_id)s::uuid[], %(object)s::text[], %(body)s::text[])
     as n (id, webhook_id, event_id, object, body)
on conflict (cell_id, webhook_id, event_id) do nothing

-- name: list_heads
-- The first waiting delivery of each object, as far as it is due: what follows it waits for it.
select d.id, d.event_id, d.subject, d.body, d.attempts, d.give_up_at
from partners.delivery as d
where d.cell_id = %(cell_id)s and d.webhook_id = %(webhook_id)s and d.state = 'waiting' and d.due_at <= %(now)s
  and not exists (
      select from partners.delivery as e
      where e.cell_id = d.cell_id and e.webhook_id = d.webhook_id and e.object = d.object
        and e.state = 'waiting' and e.event_id < d.event_id
  )
order by d.due_at, d.event_id
limit %(limit)s

-- name: settle_delivery
update partners.delivery
set state = %(state)s, attempts = attempts + 1, due_at = %(due_at)s, finished_at = %(finished_at)s,
    last_status = %(status)s, last_problem = %(problem)s
where cell_id = %(cell_id)s and id = %(id)s and state = 'waiting'

-- name: add_attempt
insert into partners.attempt (cell_id, id, delivery_id, started_at, duration_ms, status, problem, request, response)
values (%(cell_id)s, %(id)s, %(delivery_id)s, %(started_at)s, %(duration_ms)s, %(status)s, %(problem)s, %(request)s,
        %(response)s)

-- name: list_deliveries
select d.id, d.event_id, d.subject, d.object, d.state, d.attempts, d.due_at, d.queued_at, d.finished_at,
       d.last_status, d.last_problem, d.body
from partners.delivery as d
join partners.webhook as w on w.id = d.webhook_id
where d.cell_id = %(cell_id)s and d.webhook_id = %(webhook_id)s
  and (%(id)s::uuid is null or d.id = %(id)s)
  and (%(state)s::text is null or d.state = %(state)s)
  and (%(subject)s::text is null or d.subject = %(subject)s)
  and w.organization_id = %(organization_id)s -- scope

-- name: list_attempts
select a.id, a.started_at, a.duration_ms, a.status, a.problem, a.request, a.response
from partners.attempt as a
where a.cell_id = %(cell_id)s and a.delivery_id = %(delivery_id)s
order by a.id desc
limit 100

-- name: send_again
update partners.delivery
set state = 'waiting', due_at = %(now)s, finished_at = null, give_up_at = %(give_up_at)s
where cell_id = %(cell_id)s and webhook_id = %(webhook_id)s and id = %(id)s

-- name: send_all_again
update partners.delivery
set state = 'waiting', due_at = %(now)s, finished_at = null, give_up_at = %(give_up_at)s
where cell_id = %(cell_id)s and webhook_id = %(webhook_id)s and queued_at >= %(since)s
  and (state = 'failed' or (state = 'delivered' and %(is_delivered_too)s))

-- name: retry_waiting
-- After a pause or a repair nothing waits for its next time, and everything has its days again.
update partners.delivery set due_at = %(now)s, give_up_at = %(give_up_at)s
where cell_id = %(cell_id)s and webhook_id = %(webhook_id)s and state = 'waiting'

-- name: drop_old_deliveries
delete from partners.delivery
where cell_id = %(cell_id)s
  and id in (
      select d.id from partners.delivery as d
      where d.cell_id = %(cell_id)s and d.queued_at < %(before)s
      order by d.queued_at
      limit %(limit)s
  )

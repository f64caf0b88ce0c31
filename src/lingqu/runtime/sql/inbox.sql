-- name: claim_events
-- Gives the events that this consumer has not handled, or null where that is all of them, as it nearly always is; a
-- second worker with the same ones waits here for the first.
with claimed as (
    insert into runtime.inbox (cell_id, consumer, event_id, handled_at)
    select %(cell_id)s, %(consumer)s, e.event_id, %(now)s
    from unnest(%(event_ids)s::uuid[]) as e (event_id)
    on conflict (cell_id, consumer, event_id) do nothing
    returning event_id
)
select case when count(*) < cardinality(%(event_ids)s::uuid[]) then coalesce(array_agg(event_id), '{}') end as event_ids
from claimed

-- name: write_dead_letter
insert into runtime.dead_letter (cell_id, consumer, event_id, subject, event, error, attempts, failed_at)
values (%(cell_id)s, %(consumer)s, %(event_id)s, %(subject)s, %(event)s::jsonb, %(error)s, %(attempts)s, %(now)s)
on conflict (cell_id, consumer, event_id) do update
set error = excluded.error, attempts = excluded.attempts, failed_at = excluded.failed_at

-- name: list_dead_letters
select cell_id, consumer, event_id, subject, event::text as event, error, attempts, failed_at
from runtime.dead_letter
order by failed_at, event_id

-- name: drop_dead_letter
delete from runtime.dead_letter
where cell_id = %(cell_id)s and consumer = %(consumer)s and event_id = %(event_id)s

-- name: drop_old_inbox
delete from runtime.inbox
where cell_id = %(cell_id)s
  and (consumer, event_id) in (
      select i.consumer, i.event_id from runtime.inbox as i
      where i.cell_id = %(cell_id)s and i.handled_at < %(before)s
      limit %(limit)s
  )

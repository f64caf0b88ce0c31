-- name: cells_with_due_lanes
-- One cheap question for all cells, so that an idle dispatcher does not ask each of them.
select c.cell_id
from generate_series(0, (select i.cell_count - 1 from runtime.installation as i)) as c (cell_id)
where exists (
    select from partners.lane as l
    where l.cell_id = c.cell_id and l.is_open and l.due_at <= %(now)s
      and (l.paused_until is null or l.paused_until <= %(now)s)
      and (l.lease_until is null or l.lease_until < %(now)s)
)

-- name: take_lanes
-- `lease_no` is the fence: whoever fell silent and comes back finds another number and writes nothing.
update partners.lane as l
set lease_until = %(lease_until)s, lease_no = l.lease_no + 1
where l.cell_id = %(cell_id)s
  and l.webhook_id in (
      select d.webhook_id from partners.lane as d
      where d.cell_id = %(cell_id)s and d.is_open and d.due_at <= %(now)s
        and (d.paused_until is null or d.paused_until <= %(now)s)
        and (d.lease_until is null or d.lease_until < %(now)s)
      order by d.due_at
      limit %(limit)s
      for update skip locked
  )
returning l.cell_id, l.webhook_id, l.lease_no, l.failures

-- name: hold_lane
-- Locks the lane while this lease is the newest.
select l.failures, l.failing_since from partners.lane as l
where l.cell_id = %(cell_id)s and l.webhook_id = %(webhook_id)s and l.lease_no = %(lease_no)s
for update

-- name: renew_lane
update partners.lane
set lease_until = %(lease_until)s, failures = %(failures)s, failing_since = %(failing_since)s,
    paused_until = %(paused_until)s
where cell_id = %(cell_id)s and webhook_id = %(webhook_id)s and lease_no = %(lease_no)s

-- name: release_lane
-- A statement of its own after the lock: it sees what was queued while the lock was waited for.
update partners.lane as l
set lease_until = null,
    due_at = (
        select min(d.due_at) from partners.delivery as d
        where d.cell_id = %(cell_id)s and d.webhook_id = %(webhook_id)s and d.state = 'waiting'
          and not exists (
              select from partners.delivery as e
              where e.cell_id = d.cell_id and e.webhook_id = d.webhook_id and e.object = d.object
                and e.state = 'waiting' and e.event_id < d.event_id
          )
    )
where l.cell_id = %(cell_id)s and l.webhook_id = %(webhook_id)s

-- name: lock_lanes
select l.webhook_id from partners.lane as l
where l.cell_id = %(cell_id)s and l.webhook_id = any (%(webhook_ids)s)
order by l.webhook_id
for update

-- name: wake_lanes
update partners.lane set due_at = least(coalesce(due_at, %(due_at)s), %(due_at)s)
where cell_id = %(cell_id)s and webhook_id = any (%(webhook_ids)s)

-- name: open_lane
update partners.lane
set is_open = %(is_open)s, paused_until = null, failures = 0, failing_since = null,
    due_at = case when %(is_open)s then %(now)s::timestamptz else due_at end
where cell_id = %(cell_id)s and webhook_id = %(webhook_id)s

-- name: close_lane
update partners.lane set is_open = false where cell_id = %(cell_id)s and webhook_id = %(webhook_id)s

-- name: read_failures
select l.failures from partners.lane as l where l.cell_id = %(cell_id)s and l.webhook_id = %(webhook_id)s

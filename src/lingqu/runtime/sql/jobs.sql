-- name: enqueue_job
insert into runtime.job
    (cell_id, id, kind, key, input, state, run_at, party_id, user_id, actor_name, trace_id, queued_at)
values
    (%(cell_id)s, %(id)s, %(kind)s, %(key)s, %(input)s, 'queued', %(run_at)s,
     %(party_id)s, %(user_id)s, %(actor_name)s, %(trace_id)s, %(now)s)
on conflict (cell_id, kind, key) where key is not null do nothing

-- name: find_job_by_key
select id from runtime.job where cell_id = %(cell_id)s and kind = %(kind)s and key = %(key)s

-- name: cells_with_due_jobs
select c.cell_id
from generate_series(0, (select i.cell_count - 1 from runtime.installation as i)) as c (cell_id)
where exists (
    select from runtime.job as j
    where j.cell_id = c.cell_id and j.run_at <= %(now)s
      and (j.state = 'queued' or (j.state = 'running' and j.lease_until < %(now)s))
)

-- name: take_job
-- The oldest due job, or one whose worker fell silent. `attempts` is the fencing number of this attempt.
update runtime.job as j
set state = 'running', attempts = j.attempts + 1, lease_until = %(lease_until)s,
    started_at = coalesce(j.started_at, %(now)s)
where j.cell_id = %(cell_id)s
  and j.id = (
      select d.id from runtime.job as d
      where d.cell_id = %(cell_id)s and d.run_at <= %(now)s and d.kind = any(%(kinds)s)
        and (d.state = 'queued' or (d.state = 'running' and d.lease_until < %(now)s))
      order by d.run_at, d.id
      limit 1
      for update skip locked
  )
returning j.cell_id, j.id, j.kind, j.input::text as input, j.done_count, j.attempts,
          j.party_id, j.user_id, j.actor_name, j.trace_id

-- name: renew_lease
update runtime.job set lease_until = %(lease_until)s
where cell_id = %(cell_id)s and id = %(id)s and state = 'running' and attempts = %(attempts)s

-- name: save_progress
update runtime.job
set lease_until = %(lease_until)s, done_count = %(done_count)s, total_count = %(total_count)s
where cell_id = %(cell_id)s and id = %(id)s and state = 'running' and attempts = %(attempts)s

-- name: finish_job
update runtime.job
set state = 'done', result = %(result)s, problem = null, lease_until = null, finished_at = %(now)s
where cell_id = %(cell_id)s and id = %(id)s and state = 'running' and attempts = %(attempts)s

-- name: fail_job
update runtime.job
set state = 'failed', problem = %(problem)s, lease_until = null, finished_at = %(now)s
where cell_id = %(cell_id)s and id = %(id)s and state = 'running' and attempts = %(attempts)s

-- name: requeue_job
update runtime.job
set state = 'queued', problem = %(problem)s, lease_until = null, run_at = %(run_at)s
where cell_id = %(cell_id)s and id = %(id)s and state = 'running' and attempts = %(attempts)s

-- name: find_job
-- A job is seen by the user who asked for it.
select id, kind, state, done_count, total_count, result, problem,
       queued_at, started_at, finished_at
from runtime.job
where cell_id = %(cell_id)s and id = %(id)s
  and party_id = %(party_id)s and user_id is not distinct from %(user_id)s -- scope

-- name: drop_old_jobs
delete from runtime.job
where cell_id = %(cell_id)s
  and id in (
      select j.id from runtime.job as j
      where j.cell_id = %(cell_id)s and j.finished_at < %(before)s
      limit %(limit)s
  )

-- name: note_schedules
-- A new schedule is due at once.
insert into runtime.schedule (name, next_at)
select s.name, %(now)s from unnest(%(names)s::text[]) as s (name)
on conflict (name) do nothing

-- name: find_due_schedules
select s.name from runtime.schedule as s where s.name = any (%(names)s::text[]) and s.next_at <= %(now)s

-- name: take_schedule
-- Whoever moves `next_at` on runs it; it comes again even if this process dies meanwhile.
update runtime.schedule as s
set next_at = %(now)s + make_interval(secs => %(every_s)s), last_started_at = %(now)s
where s.name = %(name)s and s.next_at <= %(now)s

-- name: note_schedule_end
update runtime.schedule set last_finished_at = %(now)s, last_error = %(error)s where name = %(name)s

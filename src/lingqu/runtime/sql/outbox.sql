-- name: load_outbox
copy runtime.outbox (cell_id, id, body, recorded_at) from stdin (format binary)

-- name: cells_with_unpublished
-- One cheap question for all cells, so that an idle relay does not ask each of them.
select c.cell_id
from generate_series(0, (select i.cell_count - 1 from runtime.installation as i)) as c (cell_id)
where exists (select from runtime.outbox as o where o.cell_id = c.cell_id and o.published_at is null)

-- name: take_unpublished
-- Two relays share the work: what one has locked, the other skips.
select id, coalesce(body, events::text) as events, recorded_at
from runtime.outbox
where cell_id = %(cell_id)s and published_at is null
order by id
limit %(limit)s
for update skip locked

-- name: mark_published
update runtime.outbox set published_at = %(now)s
where cell_id = %(cell_id)s and id = any(%(ids)s)

-- name: list_published_since
select id, coalesce(body, events::text) as events, recorded_at
from runtime.outbox
where cell_id = %(cell_id)s and published_at >= %(since)s and id > %(after)s
order by id
limit %(limit)s

-- name: list_cells
select c.cell_id
from generate_series(0, (select i.cell_count - 1 from runtime.installation as i)) as c (cell_id)

-- name: drop_old_outbox
delete from runtime.outbox
where cell_id = %(cell_id)s
  and id in (
      select o.id from runtime.outbox as o
      where o.cell_id = %(cell_id)s and o.published_at < %(before)s
      limit %(limit)s
  )

-- name: do_not_wait_for_disk
-- For this transaction only.
select set_config('synchronous_commit', 'off', true)

-- name: write_outbox
insert into runtime.outbox (cell_id, id, events, recorded_at)
values (%(cell_id)s, %(id)s, %(events)s, %(now)s)

-- name: read_bookmark
select b.state from runtime.bookmark as b where b.cell_id = %(cell_id)s and b.name = %(name)s

-- name: save_bookmark
insert into runtime.bookmark as b (cell_id, name, state, saved_at)
values (%(cell_id)s, %(name)s, %(state)s, %(now)s)
on conflict (cell_id, name) do update set state = excluded.state, saved_at = excluded.saved_at

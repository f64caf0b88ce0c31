-- name: add_backlog_plan
-- Touches nothing where another plan of this seller is being made.
insert into routing.backlog_plan (cell_id, id, seller_id, state, ask, asked_by, asked_at)
values (%(cell_id)s, %(id)s, %(seller_id)s, 'waiting', %(ask)s, %(user_id)s, %(now)s)
on conflict (cell_id, seller_id) where state in ('waiting', 'solving') do nothing

-- name: begin_backlog_plan
update routing.backlog_plan as p set state = 'solving', done_count = 0, total_count = 0
where p.cell_id = %(cell_id)s and p.id = %(id)s and p.state in ('waiting', 'solving')
returning p.ask

-- name: note_plan_progress
update routing.backlog_plan as p set done_count = %(done_count)s, total_count = %(total_count)s
where p.cell_id = %(cell_id)s and p.id = %(id)s and p.state = 'solving'

-- name: finish_backlog_plan
update routing.backlog_plan as p
set state = 'ready', done_count = %(total_count)s, total_count = %(total_count)s, summary = %(summary)s,
    setting_version = %(setting_version)s, left_out = %(left_out)s, ready_at = %(now)s
where p.cell_id = %(cell_id)s and p.id = %(id)s and p.state = 'solving'
returning p.asked_by

-- name: keep_plan_orders
insert into routing.backlog_plan_order (cell_id, plan_id, order_id, place, state, content)
select %(cell_id)s, %(plan_id)s, u.order_id, u.place, u.state, u.content
from unnest(%(order_id)s::uuid[], %(place)s::int[], %(state)s::text[], %(content)s::jsonb[])
    as u (order_id, place, state, content)

-- name: lock_backlog_plan
select p.state from routing.backlog_plan as p
where p.cell_id = %(cell_id)s and p.id = %(id)s and p.seller_id = %(seller_id)s
for update

-- name: end_backlog_plan
update routing.backlog_plan as p set state = %(state)s, ended_by = %(user_id)s, ended_at = %(now)s
where p.cell_id = %(cell_id)s and p.id = %(id)s

-- name: read_planned_moves
select d.order_id, d.content from routing.backlog_plan_order as d
where d.cell_id = %(cell_id)s and d.plan_id = %(plan_id)s and d.state = 'moves'
order by d.place

-- name: mark_plan_orders
update routing.backlog_plan_order as d set state = u.state, why = u.why
from unnest(%(order_id)s::uuid[], %(state)s::text[], %(why)s::text[]) as u (order_id, state, why)
where d.cell_id = %(cell_id)s and d.plan_id = %(plan_id)s and d.order_id = u.order_id

-- name: purge_plan_orders
delete from routing.backlog_plan_order as d
where d.cell_id = %(cell_id)s
  and d.plan_id in (select p.id from routing.backlog_plan as p
                    where p.cell_id = %(cell_id)s and p.asked_at < %(before)s and p.state <> 'solving')

-- name: purge_backlog_plans
delete from routing.backlog_plan as p
where p.cell_id = %(cell_id)s and p.asked_at < %(before)s and p.state <> 'solving'

-- name: next_attempts
select u.id, (select coalesce(max(d.attempt), 0)::int + 1 from routing.decision as d
              where d.cell_id = %(cell_id)s and d.order_id = u.id) as attempt
from unnest(%(order_ids)s::uuid[]) as u (id)

-- name: check_plans_are_best
-- No plan that was kept is dearer than greedy or than doing nothing, or cheaper than its bound.
select p.cell_id, count(*) from routing.backlog_plan as p
where (p.summary -> 'plan' ->> 'cost_minor')::bigint
          > least((p.summary -> 'greedy' ->> 'cost_minor')::bigint, (p.summary -> 'nothing' ->> 'cost_minor')::bigint)
   or (p.summary -> 'plan' ->> 'cost_minor')::bigint < (p.summary ->> 'bound_minor')::bigint
group by p.cell_id

-- name: check_plans_are_settled
-- An applied plan has said of each of its moves whether it was made.
select p.cell_id, count(*) from routing.backlog_plan as p
join routing.backlog_plan_order as d on d.cell_id = p.cell_id and d.plan_id = p.id
where (p.state = 'applied' and d.state = 'moves') or (p.state <> 'applied' and d.state in ('applied', 'skipped'))
group by p.cell_id

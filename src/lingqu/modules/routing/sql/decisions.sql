-- name: keep_decisions
insert into routing.decision as d
    (cell_id, order_id, attempt, seller_id, cause, setting_version, reason, user_id, lines, decided_at, due_at)
select %(cell_id)s, u.order_id, u.attempt, u.seller_id, %(cause)s, u.version, %(reason)s, u.user_id, u.lines, %(now)s, u.due_at
from unnest(%(order_id)s::uuid[], %(attempt)s::smallint[], %(seller_id)s::int[], %(version)s::int[],
            %(user_id)s::int[], %(lines)s::jsonb[], %(due_at)s::timestamptz[])
    as u (order_id, attempt, seller_id, version, user_id, lines, due_at)

-- name: next_attempt
select coalesce(max(d.attempt), 0)::int + 1 from routing.decision as d
where d.cell_id = %(cell_id)s and d.order_id = %(order_id)s

-- name: find_loads
select l.node_id, l.line_count from routing.load as l
where l.cell_id = %(cell_id)s and l.node_id = any (%(node_ids)s::int[]) and l.business_on = %(business_on)s

-- name: add_loads
insert into routing.load as l (cell_id, node_id, business_on, line_count)
select %(cell_id)s, u.node_id, %(business_on)s, u.line_count
from unnest(%(node_ids)s::int[], %(line_counts)s::int[]) as u (node_id, line_count)
order by u.node_id
on conflict (cell_id, node_id, business_on) do update set line_count = l.line_count + excluded.line_count

-- name: read_decisions
select d.order_id, d.attempt, d.cause, d.setting_version, d.reason,
       (select w.name from identity.user as w where w.id = d.user_id) as user_name, d.decided_at, d.lines
from routing.decision as d
where d.order_id = %(order_id)s
  and (%(is_whole)s or d.seller_id = any (%(organization_ids)s)) -- scope
order by d.attempt

-- name: name_nodes
select n.id, n.name from network.node as n where n.id = any (%(node_ids)s::int[]) order by n.id

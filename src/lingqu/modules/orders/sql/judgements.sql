-- name: keep_judgements
insert into orders.judgement as j (cell_id, order_id, outcome, rule, rules_version, facts, trace, judged_at)
select %(cell_id)s, u.order_id, u.outcome, u.rule, u.version, u.facts, u.trace, %(now)s
from unnest(%(order_id)s::uuid[], %(outcome)s::text[], %(rule)s::text[], %(version)s::int[], %(facts)s::jsonb[],
            %(trace)s::jsonb[]) as u (order_id, outcome, rule, version, facts, trace)

-- name: name_parties
-- Names for what people who decide are shown.
select p.id, p.name from identity.party as p where p.id = any (%(ids)s::uuid[])

-- name: read_judgement
select j.outcome, j.rule, j.rules_version, j.facts, j.trace
from orders.judgement as j
where j.cell_id = %(cell_id)s and j.order_id = %(order_id)s

-- name: drop_judgement
delete from orders.judgement as j where j.cell_id = %(cell_id)s and j.order_id = %(order_id)s

-- name: read_asked
-- What those who decide on an order are asked now.
select q.level, q.level_parties, q.level_permissions, q.level_roles, q.requested_by, q.party_id, q.subject
from approval.request as q
where q.kind = 'orders.order' and q.object_uuid = %(id)s and q.state = 'waiting'

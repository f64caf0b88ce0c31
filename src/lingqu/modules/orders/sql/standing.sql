-- name: list_standing
select s.cell_id, s.id, s.buyer_id, b.name as buyer_name, s.seller_id, o.name as seller_name, s.name,
       s.template_id, t.name as template_name, case when t.deleted_at is null then t.lines end as template_lines,
       s.lines, s.rhythm, s.wishes, s.starts_on, s.ends_on, s.skipped_on, s.lead_days, s.is_paused, s.time_zone,
       s.next_due_on, s.saved_by, s.saved_by_name, s.saved_at, s.ended_at, s.version
from orders.standing as s
join network.organization as b on b.id = s.buyer_id
join network.organization as o on o.id = s.seller_id
left join orders.template as t on t.cell_id = s.cell_id and t.id = s.template_id
where (%(side)s::text is null or (case %(side)s when 'buying' then s.buyer_id else s.seller_id end) = %(own_id)s)
  and (%(seller_id)s::int is null or s.seller_id = %(seller_id)s)
  and (%(id)s::uuid is null or s.id = %(id)s)
  and (%(with_ended)s or s.ended_at is null)
  and (%(q)s::text is null or s.name ilike %(q)s or b.name ilike %(q)s or o.name ilike %(q)s)
  and (s.buyer_id = %(own_id)s or s.seller_id = %(own_id)s) -- scope

-- name: read_standing_runs
select r.due_on, r.state, r.order_id, o.number as order_number, r.problem, r.decided_at
from orders.standing_run as r
join orders.standing as s on s.cell_id = r.cell_id and s.id = r.standing_id
join network.organization as g on g.id = s.seller_id
left join orders.order as o on o.cell_id = g.home_cell and o.id = r.order_id
where r.cell_id = %(cell_id)s and r.standing_id = %(id)s
order by r.due_on desc
limit 100

-- name: last_frozen_date
select max(r.due_on) from orders.standing_run as r
where r.cell_id = %(cell_id)s and r.standing_id = %(id)s

-- name: insert_standing
insert into orders.standing (
    cell_id, id, buyer_id, seller_id, name, template_id, lines, rhythm, wishes, starts_on, ends_on, skipped_on,
    lead_days, is_paused, time_zone, next_due_on, next_run_on, saved_by, saved_by_name, saved_at)
values (
    %(cell_id)s, %(id)s, %(buyer_id)s, %(seller_id)s, %(name)s, %(template_id)s, %(lines)s, %(rhythm)s, %(wishes)s,
    %(starts_on)s, %(ends_on)s, %(skipped_on)s, %(lead_days)s, %(is_paused)s, %(time_zone)s, %(next_due_on)s,
    %(next_run_on)s, %(saved_by)s, %(saved_by_name)s, %(now)s)

-- name: update_standing
update orders.standing as s
set name = %(name)s, template_id = %(template_id)s, lines = %(lines)s, rhythm = %(rhythm)s, wishes = %(wishes)s,
    starts_on = %(starts_on)s, ends_on = %(ends_on)s, skipped_on = %(skipped_on)s, lead_days = %(lead_days)s,
    is_paused = %(is_paused)s, time_zone = %(time_zone)s, next_due_on = %(next_due_on)s,
    next_run_on = %(next_run_on)s, saved_by = %(saved_by)s, saved_by_name = %(saved_by_name)s, saved_at = %(now)s,
    version = s.version + 1
where s.cell_id = %(cell_id)s and s.id = %(id)s and s.version = %(version)s and s.ended_at is null

-- name: lock_standing
-- So that a change and the placing of a date follow each other.
select s.id from orders.standing as s where s.cell_id = %(cell_id)s and s.id = %(id)s for update

-- name: end_standing
update orders.standing as s
set ended_at = %(now)s, next_due_on = null, next_run_on = null, version = s.version + 1
where s.cell_id = %(cell_id)s and s.id = %(id)s and s.ended_at is null

-- name: lock_due_standing
-- Those whose day of placing has come where the buyer is. Whoever is busy with one leaves the others free.
select s.cell_id, s.id, s.buyer_id, '' as buyer_name, s.seller_id, '' as seller_name, s.name,
       s.template_id, null as template_name,
       (select t.lines from orders.template as t
        where t.cell_id = s.cell_id and t.id = s.template_id and t.deleted_at is null) as template_lines,
       s.lines, s.rhythm, s.wishes, s.starts_on, s.ends_on, s.skipped_on, s.lead_days, s.is_paused, s.time_zone,
       s.next_due_on, s.saved_by, s.saved_by_name, s.saved_at, s.ended_at, s.version
from orders.standing as s
where s.cell_id = %(cell_id)s and s.next_run_on is not null
  and s.next_run_on <= (%(now)s::timestamptz at time zone s.time_zone)::date
order by s.id
limit %(limit)s
for update skip locked

-- name: freeze_runs
-- Write what will be placed, before it is. A date that stands already stays as it is.
insert into orders.standing_run (cell_id, standing_id, due_on, body, state, problem, frozen_at, decided_at)
select %(cell_id)s, f.standing_id, f.due_on, f.body, case when f.problem is null then 'waiting' else 'refused' end,
       f.problem, %(now)s, case when f.problem is null then null else %(now)s::timestamptz end
from unnest(%(standing_id)s::uuid[], %(due_on)s::date[], %(body)s::jsonb[], %(problem)s::jsonb[])
    as f (standing_id, due_on, body, problem)
on conflict (cell_id, standing_id, due_on) do nothing

-- name: move_on_standing
update orders.standing as s set next_due_on = m.due_on, next_run_on = m.run_on
from unnest(%(id)s::uuid[], %(due_on)s::date[], %(run_on)s::date[]) as m (id, due_on, run_on)
where s.cell_id = %(cell_id)s and s.id = m.id

-- name: read_waiting_runs
select r.standing_id, r.due_on, r.body, s.name, s.buyer_id, b.party_id as buyer_party, s.saved_by, s.saved_by_name
from orders.standing_run as r
join orders.standing as s on s.cell_id = r.cell_id and s.id = r.standing_id
join network.organization as b on b.id = s.buyer_id
join unnest(%(standing_id)s::uuid[], %(due_on)s::date[]) as w (standing_id, due_on)
    on w.standing_id = r.standing_id and w.due_on = r.due_on
where r.cell_id = %(cell_id)s and r.state = 'waiting'
order by r.standing_id, r.due_on

-- name: decide_runs
update orders.standing_run as r
set state = d.state, order_id = d.order_id, problem = d.problem, decided_at = %(now)s
from unnest(%(standing_id)s::uuid[], %(due_on)s::date[], %(state)s::text[], %(order_id)s::uuid[],
            %(problem)s::jsonb[]) as d (standing_id, due_on, state, order_id, problem)
where r.cell_id = %(cell_id)s and r.standing_id = d.standing_id and r.due_on = d.due_on and r.state = 'waiting'

-- name: find_keyed_order
-- The order that stands under a key of no time, if one does.
select k.order_id from orders.key as k
where k.cell_id = %(cell_id)s and k.actor = %(actor)s and k.key = %(key)s
  and exists (select from orders.order as o where o.id = k.order_id)

-- name: check_standing
select r.cell_id, count(*)
from orders.standing_run as r
join orders.standing as s on s.cell_id = r.cell_id and s.id = r.standing_id
join network.organization as g on g.id = s.seller_id
left join orders.order as o on o.cell_id = g.home_cell and o.id = r.order_id
where r.state = 'placed'
  and (o.id is null or o.buyer_id <> s.buyer_id or o.seller_id <> s.seller_id or o.requested_on <> r.due_on)
group by r.cell_id

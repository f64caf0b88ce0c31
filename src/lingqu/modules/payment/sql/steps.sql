-- name: begin_step
-- A step that is begun again has its tries again, and whoever still has it in hand has lost it.
insert into payment.step (cell_id, payment_id, name, state, due_at, deadline_at, made_at)
values (%(cell_id)s, %(payment_id)s, %(name)s, 'waiting', %(due_at)s, %(deadline_at)s, %(now)s)
on conflict (cell_id, payment_id, name) do update
set state = 'waiting', attempts = 0, due_at = excluded.due_at, deadline_at = excluded.deadline_at, lease_until = null,
    lease_no = payment.step.lease_no + 1, problem = null, done_at = null, made_at = excluded.made_at

-- name: end_steps
update payment.step set state = 'done', done_at = %(now)s, lease_until = null, lease_no = lease_no + 1
where cell_id = %(cell_id)s and payment_id = %(payment_id)s and state <> 'done'

-- name: hasten_step
update payment.step set due_at = least(due_at, %(now)s)
where cell_id = %(cell_id)s and payment_id = %(payment_id)s and state = 'waiting'

-- name: cells_with_due_steps
select c.cell_id
from generate_series(0, (select i.cell_count - 1 from runtime.installation as i)) as c (cell_id)
where exists (
    select from payment.step as t
    where t.cell_id = c.cell_id and t.state = 'waiting' and t.due_at <= %(now)s
      and (t.lease_until is null or t.lease_until < %(now)s)
)

-- name: claim_steps
update payment.step as t
set lease_until = %(lease_until)s, lease_no = t.lease_no + 1
where t.cell_id = %(cell_id)s
  and (t.payment_id, t.name) in (
      select d.payment_id, d.name from payment.step as d
      where d.cell_id = %(cell_id)s and d.state = 'waiting' and d.due_at <= %(now)s
        and (d.lease_until is null or d.lease_until < %(now)s)
      order by d.due_at
      limit %(limit)s
      for update skip locked
  )
returning t.cell_id, t.payment_id, t.name, t.attempts, t.deadline_at, t.lease_no

-- name: read_claimed
select p.cell_id, p.id, p.seller_id, p.buyer_id, p.order_id, p.amount_minor, p.currency, p.state, p.expires_at
from payment.online_payment as p
where p.cell_id = %(cell_id)s and p.id = %(id)s

-- name: hold_step
select t.attempts from payment.step as t
where t.cell_id = %(cell_id)s and t.payment_id = %(payment_id)s and t.name = %(name)s and t.state = 'waiting'
  and t.lease_no = %(lease_no)s
for update

-- name: settle_step
update payment.step
set state = %(state)s, attempts = attempts + 1, due_at = %(due_at)s, lease_until = null, problem = %(problem)s,
    done_at = %(done_at)s
where cell_id = %(cell_id)s and payment_id = %(payment_id)s and name = %(name)s and lease_no = %(lease_no)s

-- name: failed_step
select t.name, t.problem from payment.step as t
where t.cell_id = %(cell_id)s and t.payment_id = %(payment_id)s and t.state = 'failed'
order by t.made_at desc
limit 1

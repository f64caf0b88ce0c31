-- name: list_payments
select p.id, p.cell_id, p.seller_id, s.name as seller_name, p.buyer_id, b.name as buyer_name, p.order_id,
       p.amount_minor, p.currency, p.provider, p.state, p.pay_url, p.made_at, p.expires_at, p.paid_at, p.ended_at,
       p.reason, coalesce(f.is_stuck, false) as is_stuck, f.problem, p.version
from payment.online_payment as p
join network.organization as s on s.id = p.seller_id
join network.organization as b on b.id = p.buyer_id
left join lateral (
    select t.state = 'failed' as is_stuck, t.problem from payment.step as t
    where t.cell_id = p.cell_id and t.payment_id = p.id and t.state <> 'done'
    order by t.made_at desc
    limit 1
) as f on true
where (%(id)s::uuid is null or p.id = %(id)s)
  and (%(order_id)s::uuid is null or p.order_id = %(order_id)s)
  and (%(state)s::text is null or p.state = %(state)s)
  and (%(is_stuck)s::bool is null or coalesce(f.is_stuck, false) = %(is_stuck)s)
  and (%(seller_id)s::int is null or p.seller_id = %(seller_id)s)
  and (%(buyer_id)s::int is null or p.buyer_id = %(buyer_id)s)
  and (%(is_whole)s or p.seller_id = any (%(organization_ids)s) or p.buyer_id = any (%(organization_ids)s)) -- scope

-- name: list_steps
select t.name, t.state, t.attempts, t.due_at, t.deadline_at, t.problem, t.made_at, t.done_at
from payment.step as t
where t.cell_id = %(cell_id)s and t.payment_id = %(payment_id)s
order by t.made_at, t.name

-- name: add_payment
insert into payment.online_payment
    (cell_id, id, seller_id, buyer_id, order_id, amount_minor, currency, provider, state, made_at, made_by, expires_at,
     asked_at)
values (%(cell_id)s, %(id)s, %(seller_id)s, %(buyer_id)s, %(order_id)s, %(amount_minor)s, %(currency)s, %(provider)s,
        'opening', %(now)s, %(user_id)s, %(expires_at)s, %(now)s)

-- name: lock_payment
select p.cell_id, p.id, p.seller_id, p.buyer_id, p.order_id, p.amount_minor, p.currency, p.state, p.expires_at
from payment.online_payment as p
where p.cell_id = %(cell_id)s and p.id = %(id)s
for update

-- name: move_payment
update payment.online_payment
set state = %(state)s, pay_url = coalesce(%(pay_url)s, pay_url), paid_at = coalesce(%(paid_at)s, paid_at),
    ended_at = %(ended_at)s, reason = coalesce(%(reason)s, reason), version = version + 1
where cell_id = %(cell_id)s and id = %(id)s and state = %(before)s

-- name: list_unknown
-- What ended without money, not asked for a while: the provider's last word may have got lost.
select p.id from payment.online_payment as p
where p.cell_id = %(cell_id)s and p.state in ('expired', 'failed', 'given-up') and p.asked_at < %(before)s
  and p.made_at > %(since)s
order by p.asked_at
limit %(limit)s

-- name: note_asked
update payment.online_payment set asked_at = %(now)s where cell_id = %(cell_id)s and id = any (%(ids)s)

-- name: sum_received
-- What came in online for an order and stayed.
select coalesce(sum(p.amount_minor), 0)::bigint
from payment.online_payment as p
where p.cell_id = %(cell_id)s and p.order_id = %(order_id)s and p.state = 'paid'

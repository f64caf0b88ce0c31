-- name: list_agreements
-- Purchases are settled by repayments in the order they were made; what is left of each has its own due day.
select g.id, g.seller_id, s.name as seller_name, s.sort_key as seller_key, g.buyer_id, b.name as buyer_name,
       b.sort_key as buyer_key, l.account_id, g.currency, g.limit_minor, g.payment_days, g.terms, g.status,
       g.suspended_reason, g.granted_at, u.name as granted_by, greatest(-l.posted, 0) as owed_minor,
       l.held as held_minor, l.posted - l.held - l.floor as available_minor,
       greatest(-l.posted + l.held - g.limit_minor, 0) as over_limit_minor,
       a.not_due_minor, a.overdue_1_30_minor + a.overdue_31_60_minor + a.overdue_61_90_minor + a.overdue_90_minor
           as overdue_minor,
       a.overdue_1_30_minor, a.overdue_31_60_minor, a.overdue_61_90_minor, a.overdue_90_minor, a.overdue_days,
       g.version
from credit.agreement as g
join network.organization as s on s.id = g.seller_id
join network.organization as b on b.id = g.buyer_id
left join identity.user as u on u.id = g.granted_by
join lateral (
    select t.account_id, t.posted, t.held, t.floor
    from ledger.account as c
    join ledger.balance as t on t.cell_id = c.cell_id and t.account_id = c.id
    where c.cell_id = s.home_cell and c.owner = s.party_id and c.kind = 'credit' and c.counterparty = b.party_id
      and c.peer_cell is null and c.currency = g.currency
) as l on true
cross join lateral (
    select coalesce(sum(o.left_minor) filter (where o.late <= 0), 0)::bigint as not_due_minor,
           coalesce(sum(o.left_minor) filter (where o.late between 1 and 30), 0)::bigint as overdue_1_30_minor,
           coalesce(sum(o.left_minor) filter (where o.late between 31 and 60), 0)::bigint as overdue_31_60_minor,
           coalesce(sum(o.left_minor) filter (where o.late between 61 and 90), 0)::bigint as overdue_61_90_minor,
           coalesce(sum(o.left_minor) filter (where o.late > 90), 0)::bigint as overdue_90_minor,
           coalesce(max(o.late) filter (where o.late > 0), 0) as overdue_days
    from (
        select %(today)s::date - d.business_on - g.payment_days as late,
               least(d.amount, d.bought - d.repaid) as left_minor
        from (
            select e.business_on, p.amount,
                   sum(p.amount) over (order by e.business_on, p.entry_id, p.line_no) as bought,
                   l.posted + sum(p.amount) over () as repaid
            from ledger.posting as p
            join ledger.entry as e on e.cell_id = p.cell_id and e.id = p.entry_id and e.state = 'posted'
            where l.posted < 0 and p.cell_id = s.home_cell and p.debit = l.account_id
        ) as d
        where d.bought > d.repaid
    ) as o
) as a
where (%(id)s::int is null or g.id = %(id)s)
  and (%(seller_id)s::int is null or g.seller_id = %(seller_id)s)
  and (%(buyer_id)s::int is null or g.buyer_id = %(buyer_id)s)
  and (%(status)s::text is null or g.status = %(status)s)
  and (%(is_overdue)s::bool is null or (a.overdue_days > 0) = %(is_overdue)s)
  and (%(is_over_limit)s::bool is null or (-l.posted + l.held > g.limit_minor) = %(is_over_limit)s)
  and (%(keys)s::text[] is null or s.search @> %(keys)s or b.search @> %(keys)s)
  and (%(is_whole)s or g.seller_id = any (%(organization_ids)s) or g.buyer_id = any (%(organization_ids)s)) -- scope

-- name: insert_agreements
insert into credit.agreement
    (seller_id, buyer_id, currency, limit_minor, payment_days, terms, status, granted_at, granted_by)
select n.seller_id, n.buyer_id, n.currency, n.limit_minor, n.payment_days, n.terms, 'active', %(now)s, %(user_id)s::int
from unnest(%(seller_id)s::int[], %(buyer_id)s::int[], %(currency)s::text[], %(limit_minor)s::bigint[],
            %(payment_days)s::int[], %(terms)s::text[])
     as n (seller_id, buyer_id, currency, limit_minor, payment_days, terms)
on conflict (seller_id, buyer_id, currency) do nothing
returning seller_id, buyer_id, id

-- name: change_agreement
update credit.agreement
set limit_minor = %(limit_minor)s, payment_days = %(payment_days)s, terms = %(terms)s, status = %(status)s,
    suspended_reason = %(reason)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: check_floors
select s.home_cell as cell_id, count(*) as count
from credit.agreement as g
join network.organization as s on s.id = g.seller_id
join network.organization as b on b.id = g.buyer_id
left join ledger.account as c
    on c.cell_id = s.home_cell and c.owner = s.party_id and c.kind = 'credit' and c.counterparty = b.party_id
   and c.peer_cell is null and c.currency = g.currency
left join ledger.balance as t on t.cell_id = c.cell_id and t.account_id = c.id
where t.wanted_floor is distinct from case g.status when 'active' then -g.limit_minor else 0 end
group by s.home_cell
order by s.home_cell

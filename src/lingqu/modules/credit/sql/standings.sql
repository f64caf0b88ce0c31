-- name: find_standings
-- How buyers stand with their sellers on a day, by the same ageing as the list of agreements. Sellers of one cell.
select g.seller_id, g.buyer_id, g.currency, case g.status when 'active' then g.limit_minor else 0 end as limit_minor,
       l.account_id, greatest(-l.posted, 0) as owed_minor,
       coalesce(sum(o.left_minor), 0)::bigint as overdue_minor, coalesce(max(o.late), 0)::int as overdue_days
from unnest(%(seller_id)s::int[], %(buyer_id)s::int[]) as w (seller_id, buyer_id)
join credit.agreement as g on g.seller_id = w.seller_id and g.buyer_id = w.buyer_id
join network.organization as s on s.id = g.seller_id
join network.organization as b on b.id = g.buyer_id
join lateral (
    select t.account_id, t.posted
    from ledger.account as c
    join ledger.balance as t on t.cell_id = c.cell_id and t.account_id = c.id
    where c.cell_id = s.home_cell and c.owner = s.party_id and c.kind = 'credit' and c.counterparty = b.party_id
      and c.peer_cell is null and c.currency = g.currency
) as l on true
left join lateral (
    select d.late, least(d.amount, d.bought - d.repaid) as left_minor
    from (
        select %(today)s::date - e.business_on - g.payment_days as late, p.amount,
               sum(p.amount) over (order by e.business_on, p.entry_id, p.line_no) as bought,
               l.posted + sum(p.amount) over () as repaid
        from ledger.posting as p
        join ledger.entry as e on e.cell_id = p.cell_id and e.id = p.entry_id and e.state = 'posted'
        where l.posted < 0 and p.cell_id = s.home_cell and p.debit = l.account_id
    ) as d
    where d.bought > d.repaid and d.late > 0
) as o on true
group by g.seller_id, g.buyer_id, g.currency, g.status, g.limit_minor, l.account_id, l.posted

-- name: check_balances
-- Each side of a posting once; entries that are pending or voided do not count.
select coalesce(b.cell_id, p.cell_id) as cell_id, count(*) as count
from (select b.cell_id, b.account_id, b.posted + coalesce(d.amount, 0) as amount
      from ledger.balance as b
      left join (select cell_id, account_id, sum(amount) as amount from ledger.delta group by cell_id, account_id) as d
          on d.cell_id = b.cell_id and d.account_id = b.account_id) as b
full join (select s.cell_id, s.account_id, sum(s.amount) as amount
           from (select p.cell_id, p.entry_id, p.credit as account_id, p.amount from ledger.posting as p
                 union all
                 select p.cell_id, p.entry_id, p.debit, -p.amount from ledger.posting as p) as s
           join ledger.entry as e on e.cell_id = s.cell_id and e.id = s.entry_id
           where e.state = 'posted'
           group by s.cell_id, s.account_id) as p
    on p.cell_id = b.cell_id and p.account_id = b.account_id
where coalesce(b.amount, 0) <> coalesce(p.amount, 0)
group by 1
order by 1

-- name: check_zero
select s.cell_id, 1 as count
from (select cell_id, posted as amount from ledger.balance
      union all
      select cell_id, amount from ledger.delta) as s
group by s.cell_id
having sum(s.amount) <> 0
order by s.cell_id

-- name: check_held
select coalesce(b.cell_id, h.cell_id) as cell_id, count(*) as count
from ledger.balance as b
full join (select cell_id, account_id, sum(amount) as amount from ledger.hold group by cell_id, account_id) as h
    on h.cell_id = b.cell_id and h.account_id = b.account_id
where coalesce(b.held, 0) <> coalesce(h.amount, 0)
group by 1
order by 1

-- name: check_entries
select e.cell_id, count(*) as count
from ledger.entry as e
where not exists (select from ledger.posting as p where p.cell_id = e.cell_id and p.entry_id = e.id)
group by e.cell_id
order by e.cell_id

-- name: check_currency
select p.cell_id, count(*) as count
from ledger.posting as p
join ledger.account as d on d.cell_id = p.cell_id and d.id = p.debit
join ledger.account as c on c.cell_id = p.cell_id and c.id = p.credit
where d.currency <> c.currency
group by p.cell_id
order by p.cell_id

-- name: check_clearing
-- What stands in one cell towards another stands there with the other sign.
select least(s.cell_id, s.peer_cell) as cell_id, count(*) as count
from (select least(a.cell_id, a.peer_cell) as cell_id, greatest(a.cell_id, a.peer_cell) as peer_cell, a.owner,
             a.currency
      from ledger.account as a
      join ledger.balance as b on b.cell_id = a.cell_id and b.account_id = a.id
      left join (select cell_id, account_id, sum(amount) as amount from ledger.delta group by cell_id, account_id) as d
          on d.cell_id = a.cell_id and d.account_id = a.id
      where a.kind = 'clearing'
      group by 1, 2, a.owner, a.currency
      having sum(b.posted + coalesce(d.amount, 0)) <> 0) as s
group by 1
order by 1

-- name: check_receipts
-- Received money stands in the ledger once, refunded money once more the other way, and nothing else does.
select p.cell_id, count(*) as count
from payment.online_payment as p
where (select count(*) from ledger.entry as e
       where e.cell_id = p.cell_id and e.document_id = p.id and e.kind = 'online-receipt' and e.state = 'posted')
      <> (case when p.paid_at is null then 0 else 1 end)
   or (select count(*) from ledger.entry as e
       where e.cell_id = p.cell_id and e.document_id = p.id and e.kind = 'online-refund' and e.state = 'posted')
      <> (case when p.state = 'refunded' then 1 else 0 end)
   or exists (
       select from ledger.entry as e
       where e.cell_id = p.cell_id and e.document_id = p.id and e.kind in ('online-receipt', 'online-refund')
         and (select sum(o.amount) from ledger.posting as o where o.cell_id = e.cell_id and o.entry_id = e.id)
             is distinct from p.amount_minor
   )
group by p.cell_id
order by p.cell_id

-- name: check_steps
select p.cell_id, count(*) as count
from payment.online_payment as p
where p.state in ('opening', 'open', 'refunding')
  and not exists (
      select from payment.step as t
      where t.cell_id = p.cell_id and t.payment_id = p.id and t.state in ('waiting', 'failed')
  )
group by p.cell_id
order by p.cell_id

-- name: check_holds
select p.cell_id, count(*) as count
from payment.online_payment as p
where coalesce((select sum(h.amount) from ledger.hold as h where h.cell_id = p.cell_id and h.document_id = p.id), 0)
      <> (case when p.state = 'refunding' then p.amount_minor else 0 end)
group by p.cell_id
order by p.cell_id

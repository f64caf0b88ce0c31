-- name: check_totals
select o.cell_id, count(*) from orders.order as o
left join (select l.cell_id, l.order_id, sum(l.total_minor) as total, sum(l.tax_minor) as tax
           from orders.line as l group by l.cell_id, l.order_id) as s on s.cell_id = o.cell_id and s.order_id = o.id
where o.total_minor <> coalesce(s.total, 0) + o.freight_minor or o.tax_minor <> coalesce(s.tax, 0)
group by o.cell_id

-- name: check_payments
select o.cell_id, count(*) from orders.order as o
left join (select p.cell_id, p.order_id, sum(p.amount_minor) as amount
           from orders.payment as p group by p.cell_id, p.order_id) as s on s.cell_id = o.cell_id and s.order_id = o.id
where o.total_minor <> coalesce(s.amount, 0)
group by o.cell_id

-- name: check_reserved
select coalesce(l.cell_id, r.cell_id) as cell_id, count(*)
from (select l.cell_id, l.order_id, l.line_no, l.key, l.reserved from orders.line as l where l.reserved > 0) as l
full join (select r.cell_id, r.document_id, r.line_no, r.key, r.quantity from stock.reservation as r
           join orders.order as o on o.cell_id = r.cell_id and o.id = r.document_id
           where r.quantity > 0) as r
    on r.cell_id = l.cell_id and r.document_id = l.order_id and r.line_no = l.line_no and r.key = l.key
where l.reserved is distinct from r.quantity
group by coalesce(l.cell_id, r.cell_id)

-- name: check_held
select coalesce(p.cell_id, h.cell_id) as cell_id, count(*)
from (select p.cell_id, p.order_id, p.account_id, p.amount_minor - p.settled_minor - p.released_minor as held
      from orders.payment as p where p.amount_minor - p.settled_minor - p.released_minor > 0) as p
full join (select h.cell_id, h.document_id, h.account_id, h.amount from ledger.hold as h
           join orders.order as o on o.cell_id = h.cell_id and o.id = h.document_id
           where h.amount > 0) as h
    on h.cell_id = p.cell_id and h.document_id = p.order_id and h.account_id = p.account_id
where p.held is distinct from h.amount
group by coalesce(p.cell_id, h.cell_id)

-- name: check_posted
with moved as (
    select e.cell_id, e.document_id, a.account_id, sum(a.amount) as amount
    from ledger.entry as e
    join ledger.posting as p on p.cell_id = e.cell_id and p.entry_id = e.id
    cross join lateral (values (p.debit, p.amount), (p.credit, -p.amount)) as a (account_id, amount)
    where e.document_kind = 'order' and e.state = 'posted'
    group by e.cell_id, e.document_id, a.account_id
)
select p.cell_id, count(*) from orders.payment as p
left join moved as m on m.cell_id = p.cell_id and m.document_id = p.order_id and m.account_id = p.account_id
where p.settled_minor - p.refunded_minor <> coalesce(m.amount, 0)
group by p.cell_id

-- name: check_shipped
select l.cell_id, count(*) from orders.line as l
left join (select s.cell_id, s.order_id, s.line_no, sum(s.quantity) as quantity, sum(s.received) as received,
                  sum(s.short) as short
           from orders.shipment_line as s group by s.cell_id, s.order_id, s.line_no) as s
    on s.cell_id = l.cell_id and s.order_id = l.order_id and s.line_no = l.line_no
where l.shipped <> coalesce(s.quantity, 0) or l.received <> coalesce(s.received, 0) or l.short <> coalesce(s.short, 0)
group by l.cell_id

-- name: check_belong
-- What foreign keys would say of the rows that placing and shipping write (ADR 0014).
select w.cell_id, count(*)
from (select o.cell_id from orders.order as o
      where not exists (select from network.organization as g where g.id = o.seller_id)
         or not exists (select from network.node as n where n.id = o.ship_from)
         or o.buyer_id is not null and not exists (select from network.organization as g where g.id = o.buyer_id)
      union all
      select l.cell_id from orders.line as l
      left join orders.order as o on o.cell_id = l.cell_id and o.id = l.order_id
      left join catalog.pack as k on k.id = l.pack_id
      where o.id is null or k.id is null or k.sku_id <> l.sku_id
         or l.supplier_id is not null
            and not exists (select from network.organization as g where g.id = l.supplier_id)
      union all
      select p.cell_id from orders.payment as p
      left join orders.order as o on o.cell_id = p.cell_id and o.id = p.order_id
      where o.id is null
      union all
      select l.cell_id from orders.shipment_line as l
      left join orders.shipment as s on s.cell_id = l.cell_id and s.id = l.shipment_id
      where s.id is null or s.order_id <> l.order_id) as w
group by w.cell_id

-- name: check_revisions
-- A change that was made is a step of its order's history, and no order waits for an answer that it has had.
select r.cell_id, count(*) from orders.revision as r
left join orders.step as t
    on t.cell_id = r.cell_id and t.order_id = r.order_id and t.version = r.version
   and t.name in ('change', 'accept-change', 'propose-change', 'decline-change', 'withdraw-change')
where t.order_id is null or (r.status = 'made') <> (t.name in ('change', 'accept-change'))
group by r.cell_id

-- name: check_parts
-- A part of a line is a line of the same order, goods, pack and price.
select p.cell_id, count(*) from routing.part as p
left join orders.line as l on l.cell_id = p.cell_id and l.order_id = p.order_id and l.line_no = p.line_no
left join orders.line as w on w.cell_id = p.cell_id and w.order_id = p.order_id and w.line_no = p.part_of
where l.line_no is null or w.line_no is null or l.sku_id <> w.sku_id or l.pack_id <> w.pack_id
   or l.price_minor <> w.price_minor
group by p.cell_id

-- name: check_asked
select w.cell_id, count(*)
from (select o.cell_id
      from orders.judgement as j
      join orders.order as o on o.cell_id = j.cell_id and o.id = j.order_id
      where j.outcome = 'waits' and o.status = 'placed' and o.approval_status = 'waiting'
        and not exists (select from approval.request as q
                        where q.kind = 'orders.order' and q.object_uuid = o.id and q.state = 'waiting')
      union all
      select coalesce(o.cell_id, 0)
      from approval.request as q
      left join orders.order as o on o.id = q.object_uuid
      where q.kind = 'orders.order' and q.state = 'waiting'
        and (o.id is null or o.status <> 'placed' or o.approval_status <> 'waiting')
      union all
      select j.cell_id from orders.judgement as j
      where not exists (select from orders.order as o where o.cell_id = j.cell_id and o.id = j.order_id)) as w
group by w.cell_id

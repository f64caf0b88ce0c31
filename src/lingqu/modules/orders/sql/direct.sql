-- name: mark_direct
update orders.order as o set direct = %(direct)s where o.cell_id = %(cell_id)s and o.id = any (%(ids)s)

-- name: mark_direct_lines
update orders.line as l set supplier_id = u.supplier_id
from unnest(%(line_no)s::smallint[], %(supplier_id)s::int[]) as u (line_no, supplier_id)
where l.cell_id = %(cell_id)s and l.order_id = %(order_id)s and l.line_no = u.line_no

-- name: insert_direct_orders
insert into orders.direct_order (cell_id, order_id, for_cell, for_order_id, fee_ppm)
select u.cell_id, u.order_id, %(for_cell)s, %(for_order_id)s, u.fee_ppm
from unnest(%(cell_id)s::int[], %(order_id)s::uuid[], %(fee_ppm)s::int[]) as u (cell_id, order_id, fee_ppm)

-- name: insert_direct_lines
insert into orders.direct_line (cell_id, order_id, line_no, supplier_cell, supplier_order_id, supplier_line_no)
select %(cell_id)s, %(order_id)s, u.line_no, u.supplier_cell, u.supplier_order_id, u.supplier_line_no
from unnest(%(line_no)s::smallint[], %(supplier_cell)s::int[], %(supplier_order_id)s::uuid[],
            %(supplier_line_no)s::smallint[]) as u (line_no, supplier_cell, supplier_order_id, supplier_line_no)

-- name: find_ship_to
-- Where a buyer takes goods in: the node it named, else its own address.
select coalesce(nullif(o.contact_name, ''), o.name) as contact, o.contact_phone as phone,
       concat_ws(' ', n.name, coalesce(nullif(n.address, ''), o.address)) as text
from network.organization as o
left join network.node as n on n.id = %(node_id)s and n.organization_id = o.id
where o.id = %(buyer_id)s

-- name: find_pairs
-- The pairs that some orders belong to, from either side.
select d.cell_id, d.order_id, d.for_cell, d.for_order_id, d.fee_ppm from orders.direct_order as d
where (d.cell_id, d.order_id) in (select * from unnest(%(cell_id)s::int[], %(order_id)s::uuid[]))
union
select d.cell_id, d.order_id, d.for_cell, d.for_order_id, d.fee_ppm from orders.direct_order as d
where (d.for_cell, d.for_order_id) in (select * from unnest(%(cell_id)s::int[], %(order_id)s::uuid[]))

-- name: read_direct_lines
select d.cell_id, d.order_id, d.line_no, d.supplier_cell, d.supplier_order_id, d.supplier_line_no
from orders.direct_line as d
where (d.supplier_cell, d.supplier_order_id) in (select * from unnest(%(cell_id)s::int[], %(order_id)s::uuid[]))
order by d.line_no

-- name: end_direct_lines
-- The supplier let go of these lines before anything left; they are their seller's again.
with gone as (
    delete from orders.direct_line as d
    where d.cell_id = %(cell_id)s and d.order_id = %(order_id)s and d.line_no = any (%(line_no)s::smallint[])
    returning d.cell_id, d.order_id, d.line_no
)
update orders.line as l set supplier_id = null
from gone where l.cell_id = gone.cell_id and l.order_id = gone.order_id and l.line_no = gone.line_no

-- name: insert_direct_shipment
insert into orders.shipment (cell_id, id, order_id, number, status, carrier, tracking, business_on, shipped_at,
                             source_cell, source_id)
values (%(cell_id)s, %(id)s, %(order_id)s, %(number)s, 'shipped', %(carrier)s, %(tracking)s, %(business_on)s, %(now)s,
        %(source_cell)s, %(source_id)s)

-- name: tie_returns
update orders.return as r set twin_cell = %(twin_cell)s, twin_id = %(twin_id)s
where r.cell_id = %(cell_id)s and r.id = %(id)s

-- name: read_direct
-- The pairs of an order that the caller was found to see, with what was posted of each one's fee in the supplier's books.
select u.id as supplier_id, u.name as supplier_name, d.for_cell, d.for_order_id, b.cell_id, b.id as order_id,
       b.number, b.status, b.currency, u.party_id as supplier_party, r.id as receiver_id, r.name as receiver_name,
       s.number as for_number, s.status as for_status, d.fee_ppm,
       coalesce(array_agg(l.line_no order by l.line_no) filter (where l.line_no is not null), '{}') as line_nos,
       coalesce(array_agg(l.supplier_line_no order by l.line_no) filter (where l.line_no is not null), '{}')
           as bought_line_nos
from orders.direct_order as d
join orders.order as b on b.cell_id = d.cell_id and b.id = d.order_id
join orders.order as s on s.cell_id = d.for_cell and s.id = d.for_order_id
join network.organization as u on u.id = b.seller_id
join network.organization as r on r.id = s.buyer_id
left join orders.direct_line as l on l.supplier_cell = d.cell_id and l.supplier_order_id = d.order_id
where (d.cell_id = %(cell_id)s and d.order_id = %(order_id)s)
   or (d.for_cell = %(cell_id)s and d.for_order_id = %(order_id)s)
group by u.id, d.cell_id, d.order_id, b.cell_id, b.id, s.cell_id, s.id, r.id
order by u.id

-- name: read_fee
select coalesce(sum(case when p.debit = %(account_id)s then p.amount else -p.amount end), 0)::bigint
from ledger.entry as e
join ledger.posting as p on p.cell_id = e.cell_id and p.entry_id = e.id
where e.cell_id = %(cell_id)s and e.document_id = %(order_id)s and e.kind = 'service-fee' and e.state = 'posted'
  and %(account_id)s in (p.debit, p.credit)

-- name: check_direct_pairs
-- Every line that a supplier sends is bought by a line that stands as it does, and nothing else is bought so.
select w.cell_id, count(*)
from (select d.cell_id
      from orders.direct_line as d
      left join orders.line as l on l.cell_id = d.cell_id and l.order_id = d.order_id and l.line_no = d.line_no
      left join orders.order as s on s.cell_id = d.cell_id and s.id = d.order_id
      left join orders.line as b on b.cell_id = d.supplier_cell and b.order_id = d.supplier_order_id
                                and b.line_no = d.supplier_line_no
      left join orders.order as o on o.cell_id = d.supplier_cell and o.id = d.supplier_order_id
      left join network.bin as i on i.id = (l.key >> 32)::int
      where l.line_no is null or b.line_no is null or l.sku_id <> b.sku_id or l.reserved <> 0
         or l.supplier_id is distinct from o.seller_id or o.buyer_id is distinct from s.seller_id
         or s.direct is distinct from 'selling' or o.direct is distinct from 'buying'
         or i.state is distinct from 'in-transit' or i.owner_id is distinct from s.seller_id
         or (l.quantity, l.back_ordered, l.cancelled, l.shipped, l.received, l.short, l.returned)
            <> (b.quantity, b.reserved + b.back_ordered, b.cancelled, b.shipped, b.received, b.short, b.returned)
      union all
      select l.cell_id from orders.line as l
      where l.supplier_id is not null
        and not exists (select from orders.direct_line as d
                        where d.cell_id = l.cell_id and d.order_id = l.order_id and d.line_no = l.line_no)
      union all
      select b.cell_id
      from orders.direct_order as p
      join orders.line as b on b.cell_id = p.cell_id and b.order_id = p.order_id
      where b.reserved + b.back_ordered + b.shipped > 0
        and not exists (select from orders.direct_line as d
                        where d.supplier_cell = b.cell_id and d.supplier_order_id = b.order_id
                          and d.supplier_line_no = b.line_no)
      union all
      select o.cell_id from orders.order as o
      where o.direct = 'buying'
        and not exists (select from orders.direct_order as p where p.cell_id = o.cell_id and p.order_id = o.id)) as w
group by w.cell_id

-- name: check_direct_returns
-- Both halves of a return stand alike.
select r.cell_id, count(*)
from orders.return as r
left join orders.return as t on t.cell_id = r.twin_cell and t.id = r.twin_id
where r.twin_id is not null
  and (t.id is null or t.status <> r.status or t.twin_id is distinct from r.id
       or (select sum(l.quantity) from orders.return_line as l where l.cell_id = r.cell_id and l.return_id = r.id)
          is distinct from
          (select sum(l.quantity) from orders.return_line as l where l.cell_id = t.cell_id and l.return_id = t.id))
group by r.cell_id

-- name: check_direct_fee
-- What the supplier has paid of a service fee, and what its buyer has got, are the rate of what was charged and kept.
select w.cell_id, count(*)
from (select d.cell_id, d.fee_ppm,
             (select coalesce(sum(case when p.credit = a.id then p.amount else -p.amount end), 0)
              from ledger.entry as e
              join ledger.posting as p on p.cell_id = e.cell_id and p.entry_id = e.id
              join ledger.account as a on a.cell_id = p.cell_id and a.id in (p.debit, p.credit)
              where e.cell_id = d.cell_id and e.document_id = d.order_id and e.kind in ('sale', 'refund')
                and e.state = 'posted' and a.kind = 'revenue' and a.owner = o.seller) as kept,
             (select coalesce(sum(case when p.debit = a.id then p.amount else -p.amount end), 0)
              from ledger.entry as e
              join ledger.posting as p on p.cell_id = e.cell_id and p.entry_id = e.id
              join ledger.account as a on a.cell_id = p.cell_id and a.id in (p.debit, p.credit)
              where e.cell_id = d.cell_id and e.document_id = d.order_id and e.kind = 'service-fee'
                and e.state = 'posted' and a.kind = 'fee' and a.owner = o.seller) as paid,
             (select coalesce(sum(case when p.credit = a.id then p.amount else -p.amount end), 0)
              from ledger.entry as e
              join ledger.posting as p on p.cell_id = e.cell_id and p.entry_id = e.id
              join ledger.account as a on a.cell_id = p.cell_id and a.id in (p.debit, p.credit)
              where e.cell_id = d.for_cell and e.document_id = d.order_id and e.kind = 'service-fee'
                and e.state = 'posted' and a.kind = 'revenue' and a.owner = o.buyer) as got
      from orders.direct_order as d
      join orders.order as o on o.cell_id = d.cell_id and o.id = d.order_id) as w
where w.paid <> w.got or w.paid <> div(2 * w.kept * w.fee_ppm + 1000000, 2000000)
group by w.cell_id

-- name: check_passing
-- Goods that are sent straight on lie nowhere on their way.
select b.cell_id, count(*)
from network.bin as i
join network.node as n on n.id = i.node_id and n.organization_id <> i.owner_id
join stock.balance as b on b.cell_id = i.home_cell and b.bin_id = i.id
where i.state = 'in-transit' and (b.on_hand <> 0 or b.reserved <> 0)
group by b.cell_id

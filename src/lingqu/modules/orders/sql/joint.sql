-- name: find_return_rule
select r.first, r.window_days, r.version from orders.return_rule as r
where r.cell_id = %(cell_id)s and r.seller_id = %(seller_id)s

-- name: set_return_rule
insert into orders.return_rule as r (cell_id, seller_id, first, window_days, changed_by, changed_at)
values (%(cell_id)s, %(seller_id)s, %(first)s, %(window_days)s, %(user_id)s, %(now)s)
on conflict (cell_id, seller_id)
do update set first = excluded.first, window_days = excluded.window_days, changed_by = excluded.changed_by,
              changed_at = excluded.changed_at, version = r.version + 1
where r.version = %(if_match)s
returning r.version

-- name: find_returnable
-- What a buyer has of some goods from a seller and has not given back, with what open requests ask for already.
-- `arrived_at`: when the last of the line arrived.
select l.order_id, l.line_no, l.sku_id, l.key, l.units_per_pack, l.quantity, l.reserved, l.back_ordered, l.cancelled,
       l.shipped, l.received, l.short, l.returned, l.tax_minor, l.total_minor,
       o.number, o.business_on, o.currency, o.title_passes,
       (select max(s.received_at) from orders.shipment as s
        join orders.shipment_line as p on p.cell_id = s.cell_id and p.shipment_id = s.id
        where s.cell_id = o.cell_id and s.order_id = o.id and p.line_no = l.line_no and p.received > 0) as arrived_at,
       coalesce((select sum(w.quantity) from orders.return as r
                 join orders.return_line as w on w.cell_id = r.cell_id and w.return_id = r.id
                 where r.cell_id = o.cell_id and r.order_id = o.id and r.status = 'requested'
                   and w.line_no = l.line_no), 0)::bigint as asked
from orders.order as o
join orders.line as l on l.cell_id = o.cell_id and l.order_id = o.id
where o.cell_id = %(cell_id)s and o.buyer = %(buyer)s and o.seller_id = %(seller_id)s and o.kind = 'channel'
  and o.status in ('confirmed', 'completed')
  and l.sku_id = any (%(sku_ids)s::int[]) and l.received > l.returned
  -- What a supplier sent goes back to it, by a return of its own.
  and l.supplier_id is null and o.direct is distinct from 'buying'
order by o.id, l.line_no

-- name: find_arrivals
-- When the last of each line of an order arrived.
select p.line_no, max(s.received_at) as arrived_at from orders.shipment as s
join orders.shipment_line as p on p.cell_id = s.cell_id and p.shipment_id = s.id
where s.cell_id = %(cell_id)s and s.order_id = %(order_id)s and p.received > 0
group by p.line_no

-- name: find_goods
-- Of some goods the product line, by which a right to give back is granted.
select k.id as sku_id, k.product_line_id from catalog.sku as k where k.id = any (%(sku_ids)s::int[])

-- name: insert_joint_return
insert into orders.joint_return
    (cell_id, id, seller_id, buyer_id, number, side, status, currency, reason, shown_minor, asked_by, asked_by_name,
     requested_at)
values (%(cell_id)s, %(id)s, %(seller_id)s, %(buyer_id)s, %(number)s, %(side)s, 'requested', %(currency)s, %(reason)s,
        %(shown_minor)s, %(asked_by)s, %(asked_by_name)s, %(now)s)

-- name: insert_joint_parts
insert into orders.return (cell_id, id, order_id, number, status, reason, requested_at, joint_id)
select %(cell_id)s, u.id, u.order_id, %(number)s, 'requested', %(reason)s, %(now)s, %(joint_id)s
from unnest(%(id)s::uuid[], %(order_id)s::uuid[]) as u (id, order_id)

-- name: insert_joint_lines
insert into orders.return_line (cell_id, return_id, line_no, quantity, refund_minor, reason)
select %(cell_id)s, u.return_id, u.line_no, u.quantity, u.refund_minor, u.reason
from unnest(%(return_id)s::uuid[], %(line_no)s::smallint[], %(quantity)s::bigint[], %(refund_minor)s::bigint[],
            %(reason)s::text[]) as u (return_id, line_no, quantity, refund_minor, reason)

-- name: find_joint
-- A request as its two sides may see it.
select j.cell_id, j.id, j.number, j.side, j.status, j.currency, j.reason, j.shown_minor, j.refund_minor,
       j.seller_id, s.name as seller_name, j.buyer_id, b.name as buyer_name, j.asked_by, j.asked_by_name,
       j.requested_at, j.decided_by_name, j.decided_at, j.decision_reason
from orders.joint_return as j
join network.organization as s on s.id = j.seller_id
join network.organization as b on b.id = j.buyer_id
where j.id = %(id)s
  and (%(is_whole)s or j.seller_id = any (%(organization_ids)s) or j.buyer_id = any (%(organization_ids)s)) -- scope

-- name: list_joint
select j.id, j.number, j.side, j.status, j.currency, j.shown_minor, j.refund_minor, j.seller_id,
       s.name as seller_name, j.buyer_id, b.name as buyer_name, j.asked_by_name, j.requested_at, j.decided_at,
       (select count(*) from orders.return as r where r.cell_id = j.cell_id and r.joint_id = j.id) as order_count
from orders.joint_return as j
join network.organization as s on s.id = j.seller_id
join network.organization as b on b.id = j.buyer_id
where (%(side)s::text is null or (case %(side)s when 'buying' then j.buyer_id else j.seller_id end) = %(own_id)s)
  and (%(status)s::text is null or j.status = %(status)s)
  and (%(q)s::text is null or j.number ilike %(q)s or s.name ilike %(q)s or b.name ilike %(q)s)
  and (%(is_whole)s or j.seller_id = any (%(organization_ids)s) or j.buyer_id = any (%(organization_ids)s)) -- scope

-- name: read_joint_parts
-- The orders of a request, in the order in which they are locked.
select r.id, r.order_id from orders.return as r
where r.cell_id = %(cell_id)s and r.joint_id = %(joint_id)s order by r.order_id

-- name: read_joint_lines
select r.id as return_id, r.order_id, o.number as order_number, o.business_on, w.line_no, l.sku_id,
       k.code as sku_code, k.name_zh, k.name_en, k.base_unit, w.quantity, w.accepted, w.refund_minor, w.reason,
       w.decision_reason
from orders.return as r
join orders.order as o on o.cell_id = r.cell_id and o.id = r.order_id
join orders.return_line as w on w.cell_id = r.cell_id and w.return_id = r.id
join orders.line as l on l.cell_id = r.cell_id and l.order_id = r.order_id and l.line_no = w.line_no
join catalog.sku as k on k.id = l.sku_id
where r.cell_id = %(cell_id)s and r.joint_id = %(joint_id)s
order by k.code, l.sku_id, o.business_on, r.order_id, w.line_no

-- name: read_receiving
-- Where the buyer of each order takes its goods in.
select b.order_id, b.receiving_node_id from orders.buyer_side as b
where b.cell_id = %(cell_id)s and b.order_id = any (%(order_ids)s::uuid[]) and b.receiving_node_id is not null

-- name: decide_joint_lines
update orders.return_line as w
set accepted = u.accepted, refund_minor = u.refund_minor, decision_reason = u.reason
from unnest(%(return_id)s::uuid[], %(line_no)s::smallint[], %(accepted)s::bigint[], %(refund_minor)s::bigint[],
            %(reason)s::text[]) as u (return_id, line_no, accepted, refund_minor, reason)
where w.cell_id = %(cell_id)s and w.return_id = u.return_id and w.line_no = u.line_no

-- name: decide_joint_parts
update orders.return as r
set status = u.status, decision_reason = u.reason, refund_minor = u.refund_minor, decided_at = %(now)s
from unnest(%(id)s::uuid[], %(status)s::text[], %(reason)s::text[], %(refund_minor)s::bigint[])
    as u (id, status, reason, refund_minor)
where r.cell_id = %(cell_id)s and r.id = u.id

-- name: decide_joint
update orders.joint_return as j
set status = %(status)s, refund_minor = %(refund_minor)s, decided_by = %(decided_by)s,
    decided_by_name = %(decided_by_name)s, decided_at = %(now)s, decision_reason = %(reason)s
where j.cell_id = %(cell_id)s and j.id = %(id)s

-- name: is_joint
select exists (select from orders.return as r
               where r.cell_id = %(cell_id)s and r.id = %(id)s and r.joint_id is not null)

-- name: read_about_joint
select j.number, s.party_id as seller, s.name as seller_name, b.party_id as buyer, b.name as buyer_name
from orders.joint_return as j
join network.organization as s on s.id = j.seller_id
join network.organization as b on b.id = j.buyer_id
where j.cell_id = %(cell_id)s and j.id = %(id)s

-- name: find_own_orders
-- Which of some orders are between these two.
select o.id from orders.order as o
where o.cell_id = %(cell_id)s and o.id = any (%(ids)s::uuid[]) and o.buyer = %(buyer)s and o.seller_id = %(seller_id)s

-- name: check_returned
-- A counter sale is refunded without a return.
select l.cell_id, count(*) from orders.line as l
join orders.order as o on o.cell_id = l.cell_id and o.id = l.order_id
left join (select r.cell_id, r.order_id, w.line_no, sum(coalesce(w.accepted, w.quantity)) as accepted
           from orders.return as r
           join orders.return_line as w on w.cell_id = r.cell_id and w.return_id = r.id
           where r.status = 'accepted'
           group by r.cell_id, r.order_id, w.line_no) as b
    on b.cell_id = l.cell_id and b.order_id = l.order_id and b.line_no = l.line_no
where o.kind = 'channel' and l.returned <> coalesce(b.accepted, 0)
group by l.cell_id

-- name: check_joint
select j.cell_id, count(*) from orders.joint_return as j
left join (select r.cell_id, r.joint_id, sum(r.refund_minor) as refund, count(*) as parts,
                  count(*) filter (where r.status = 'requested') as open_parts,
                  count(*) filter (where r.status = 'accepted') as accepted_parts,
                  bool_and(r.refund_minor = (select coalesce(sum(w.refund_minor), 0) from orders.return_line as w
                                             where w.cell_id = r.cell_id and w.return_id = r.id)
                           or r.status = 'requested') as is_exact,
                  bool_and(not exists (select from orders.return_line as w
                                       where w.cell_id = r.cell_id and w.return_id = r.id
                                         and w.accepted is distinct from w.quantity)) as is_whole
           from orders.return as r where r.joint_id is not null
           group by r.cell_id, r.joint_id) as p on p.cell_id = j.cell_id and p.joint_id = j.id
where p.parts is null or p.refund <> j.refund_minor or not p.is_exact
   or j.status is distinct from case when p.open_parts = p.parts then 'requested'
                                     when p.open_parts > 0 then 'undecided'
                                     when p.accepted_parts = 0 then 'rejected'
                                     when p.is_whole then 'accepted' else 'part' end
group by j.cell_id

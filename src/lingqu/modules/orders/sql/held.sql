-- name: read_held
select h.cause, h.reason, h.held_at, h.try_count from routing.held as h
where h.cell_id = %(cell_id)s and h.order_id = %(order_id)s
  and exists (select from orders.line as l
              where l.cell_id = h.cell_id and l.order_id = h.order_id and l.back_ordered > 0 and l.supplier_id is null)

-- name: list_held
-- Orders that something is still owed of, and that nobody can send now.
select h.order_id as id, o.number, o.buyer_id, b.name as buyer_name, o.seller_id, s.name as seller_name, o.status,
       h.cause, h.reason, h.held_at, h.tried_at, h.try_count, w.line_count, w.owed
from routing.held as h
join orders.order as o on o.cell_id = h.cell_id and o.id = h.order_id
join network.organization as s on s.id = o.seller_id
join network.organization as b on b.id = o.buyer_id
join lateral (select count(*) as line_count, sum(l.back_ordered)::bigint as owed from orders.line as l
              where l.cell_id = h.cell_id and l.order_id = h.order_id and l.back_ordered > 0 and l.supplier_id is null) as w on w.owed > 0
where o.status in ('placed', 'confirmed')
  and (%(q)s::text is null or o.number ilike %(q)s or b.name ilike %(q)s or h.reason ilike %(q)s)
  and (%(is_whole)s or h.seller_id = any (%(organization_ids)s)) -- scope

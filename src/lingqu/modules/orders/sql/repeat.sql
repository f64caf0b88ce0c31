-- name: find_bought_order
select o.cell_id, o.id, o.seller_id from orders.order as o
where o.id = %(id)s and o.kind = 'channel'
  and o.buyer_id = %(organization_id)s -- scope

-- name: find_last_order
-- The last order of a buyer at a seller that was not given up.
select o.cell_id, o.id, o.seller_id from orders.order as o
where o.cell_id = %(cell_id)s and o.seller_id = %(seller_id)s and o.kind = 'channel'
  and o.status in ('placed', 'confirmed', 'completed')
  and o.buyer = %(buyer)s -- scope
order by o.placed_at desc, o.id desc
limit 1

-- name: read_asked_lines
select l.line_no, l.sku_id, k.code as sku_code, l.pack_id, l.asked_packs
from orders.line as l
join catalog.sku as k on k.id = l.sku_id
where l.cell_id = %(cell_id)s and l.order_id = %(order_id)s
order by l.line_no

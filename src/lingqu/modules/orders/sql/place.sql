-- name: reach
-- Lock what a batch of one cell and business day asks for; the function's comment says what comes back.
select present, stale, short, at, available
from orders.reach_v1(
    %(cell_id)s, %(business_on)s, %(s_seller)s::int[], %(s_epoch)s::bigint[], %(k_key)s::bigint[], %(k_need)s::bigint[],
    %(a_account)s::uuid[], %(o_id)s::uuid[])

-- name: promise
-- Promise the goods and money that `reach` has locked in this transaction.
select orders.promise_v1(
    %(cell_id)s, %(k_key)s::bigint[], %(k_need)s::bigint[], %(a_account)s::uuid[], %(a_need)s::bigint[])

-- name: load_orders
copy orders.order (
    cell_id, buyer, seller, seller_id, discount_minor, buyer_id, business_on, return_status, kind, status,
    payment_status, fulfilment_status, title_passes, currency,
    id, goods_minor, freight_minor, tax_minor, total_minor, ship_from, actor_party, number, channel, approval_status,
    shortage_policy, ship_to, requested_on, placed_at, expires_at, placed_by, body_hash, trace_id)
from stdin (format binary)

-- name: load_lines
copy orders.line (
    cell_id, order_id, line_no, sku_id, pack_id, key, asked_packs, packs, units_per_pack, quantity, reserved,
    back_ordered, shipped, received, price_minor, is_tax_included, tax_ppm, discount_minor, tax_minor, total_minor,
    price_item_id)
from stdin (format binary)

-- name: load_payments
copy orders.payment (cell_id, order_id, account_id, position, amount_minor, settled_minor) from stdin (format binary)

-- name: load_buyer_sides
copy orders.buyer_side (cell_id, order_id, po_number, note, receiving_node_id) from stdin (format binary)

-- name: find_present
select id from orders.order where cell_id = %(cell_id)s and id = any (%(ids)s)

-- name: find_placed
-- What was placed under these ids, for the answer to a retry. (Line quantities tell what fell short then.)
select o.id, o.status, o.approval_status, o.currency, o.total_minor, o.expires_at, o.version, o.body_hash
from orders.order as o
where o.cell_id = %(cell_id)s and o.id = any (%(ids)s)

-- name: find_short
-- Lines of placed orders that got less than they asked for.
select l.order_id, l.line_no, l.sku_id, l.asked_packs::bigint * l.units_per_pack as asked,
       l.quantity - l.back_ordered as free
from orders.line as l
where l.cell_id = %(cell_id)s and l.order_id = any (%(ids)s)
  and (l.packs < l.asked_packs or l.back_ordered > 0 and l.supplier_id is null)
order by l.order_id, l.line_no

-- name: claim_order_id
-- Remember which order a key of no time stands for; a retry finds the first id.
insert into orders.key as k (cell_id, actor, key, order_id)
select %(cell_id)s, %(actor)s, c.key, c.order_id
from unnest(%(keys)s::text[], %(order_ids)s::uuid[]) as c (key, order_id)
order by c.key
on conflict (cell_id, actor, key) do update set order_id = k.order_id
returning k.key, k.order_id

-- name: place
-- Place a batch of one cell and one business day; the function's comment says what comes back.
select * from orders.place_v1(
    %(cell_id)s, %(now)s, %(business_on)s,
    %(s_seller)s::int[], %(s_epoch)s::bigint[], %(k_key)s::bigint[], %(k_need)s::bigint[], %(a_account)s::uuid[],
    %(c_order)s::int[], %(c_account)s::uuid[],
    %(o_id)s::uuid[], %(o_channel)s::text[], %(o_buyer)s::uuid[], %(o_buyer_id)s::int[], %(o_seller)s::uuid[],
    %(o_seller_id)s::int[], %(o_number)s::text[], %(o_approval)s::text[], %(o_policy)s::text[], %(o_title)s::text[],
    %(o_currency)s::text[], %(o_goods)s::bigint[], %(o_discount)s::bigint[], %(o_freight)s::bigint[],
    %(o_tax)s::bigint[], %(o_total)s::bigint[], %(o_ship_from)s::int[], %(o_ship_to)s::jsonb[],
    %(o_requested)s::date[], %(o_expires)s::timestamptz[], %(o_by)s::int[], %(o_actor)s::uuid[], %(o_hash)s::bytea[],
    %(o_trace)s::text[], %(o_po)s::text[], %(o_note)s::text[], %(o_receiving)s::int[],
    %(l_order)s::int[], %(l_no)s::smallint[], %(l_sku)s::int[], %(l_pack)s::int[], %(l_key)s::bigint[],
    %(l_asked)s::int[], %(l_packs)s::int[], %(l_units)s::int[], %(l_reserved)s::bigint[], %(l_back)s::bigint[],
    %(l_price)s::bigint[], %(l_included)s::boolean[], %(l_ppm)s::int[], %(l_discount)s::bigint[], %(l_tax)s::bigint[],
    %(l_total)s::bigint[], %(l_item)s::int[],
    %(outbox_id)s, %(events)s)

-- name: insert_orders
-- Write orders that the exact path or the counter has decided.
select orders.insert_v1(
    %(cell_id)s, %(now)s, %(business_on)s, %(kind)s, %(status)s,
    %(o_id)s::uuid[], %(o_channel)s::text[], %(o_buyer)s::uuid[], %(o_buyer_id)s::int[], %(o_seller)s::uuid[],
    %(o_seller_id)s::int[], %(o_number)s::text[], %(o_approval)s::text[], %(o_policy)s::text[], %(o_title)s::text[],
    %(o_currency)s::text[], %(o_goods)s::bigint[], %(o_discount)s::bigint[], %(o_freight)s::bigint[],
    %(o_tax)s::bigint[], %(o_total)s::bigint[], %(o_ship_from)s::int[], %(o_ship_to)s::jsonb[],
    %(o_requested)s::date[], %(o_expires)s::timestamptz[], %(o_by)s::int[], %(o_actor)s::uuid[], %(o_hash)s::bytea[],
    %(o_trace)s::text[], %(o_po)s::text[], %(o_note)s::text[], %(o_receiving)s::int[],
    %(l_order)s::int[], %(l_no)s::smallint[], %(l_sku)s::int[], %(l_pack)s::int[], %(l_key)s::bigint[],
    %(l_asked)s::int[], %(l_packs)s::int[], %(l_units)s::int[], %(l_reserved)s::bigint[], %(l_back)s::bigint[],
    %(l_price)s::bigint[], %(l_included)s::boolean[], %(l_ppm)s::int[], %(l_discount)s::bigint[], %(l_tax)s::bigint[],
    %(l_total)s::bigint[], %(l_item)s::int[],
    %(m_order)s::int[], %(m_account)s::uuid[], %(m_position)s::smallint[], %(m_amount)s::bigint[])

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
  and (l.packs < l.asked_packs or l.back_ordered > 0)
order by l.order_id, l.line_no

-- name: claim_order_id
-- Remember which order a key of no time stands for; a retry finds the first id.
insert into orders.key as k (cell_id, actor, key, order_id)
select %(cell_id)s, %(actor)s, c.key, c.order_id
from unnest(%(keys)s::text[], %(order_ids)s::uuid[]) as c (key, order_id)
order by c.key
on conflict (cell_id, actor, key) do update set order_id = k.order_id
returning k.key, k.order_id

-- name: find_sharing
select s.policy, s.levels, s.is_automatic, s.version from orders.sharing as s
where s.cell_id = %(cell_id)s and s.seller_id = %(seller_id)s

-- name: set_sharing
-- Touches nothing where another version than if_match stands; none stands at 0.
insert into orders.sharing as s (cell_id, seller_id, policy, levels, is_automatic, changed_by, changed_at)
values (%(cell_id)s, %(seller_id)s, %(policy)s, %(levels)s, %(is_automatic)s, %(user_id)s, %(now)s)
on conflict (cell_id, seller_id)
do update set policy = excluded.policy, levels = excluded.levels, is_automatic = excluded.is_automatic,
              changed_by = excluded.changed_by, changed_at = excluded.changed_at, version = s.version + 1
where s.version = %(if_match)s

-- name: find_levels_of_buyers
select distinct b.level from network.trade_link as l
join network.organization as b on b.id = l.buyer_id
where l.seller_id = %(seller_id)s and b.level <> ''
order by b.level

-- name: find_waiting
-- Orders of a seller that wait for goods, the oldest first: a plain read, looked at again under locks.
select o.id as order_id, o.buyer_id, o.placed_at
from (select distinct l.order_id from orders.line as l
      where l.cell_id = %(cell_id)s and l.back_ordered > 0 and l.supplier_id is null
        and (%(key)s::bigint[] is null or l.key = any (%(key)s::bigint[]))) as w
join orders.order as o on o.cell_id = %(cell_id)s and o.id = w.order_id
where o.seller_id = %(seller_id)s and o.status in ('placed', 'confirmed')
order by o.placed_at, o.id
limit %(limit)s

-- name: read_waiting
-- The key is of a node that the caller was found to own.
select o.id as order_id, l.line_no, o.number, o.buyer_id, b.name as buyer_name, b.level as buyer_level, k.base_unit,
       o.placed_at, l.back_ordered as owed, l.units_per_pack
from orders.line as l
join orders.order as o on o.cell_id = l.cell_id and o.id = l.order_id
join network.organization as b on b.id = o.buyer_id
join catalog.sku as k on k.id = l.sku_id
where l.cell_id = %(cell_id)s and l.key = %(key)s and l.back_ordered > 0
  and o.status in ('placed', 'confirmed') and (o.expires_at is null or o.expires_at > %(now)s)
  and o.seller_id = %(organization_id)s
order by o.placed_at, o.id, l.line_no

-- name: list_back_orders
select o.id || ':' || l.line_no as id, o.id as order_id, l.line_no, o.number, o.buyer_id, b.name as buyer_name,
       b.level as buyer_level, n.id as node_id, n.name as node_name, l.sku_id, k.code as sku_code, k.name_zh, k.name_en,
       k.base_unit, l.units_per_pack, l.quantity, l.back_ordered as owed,
       greatest(coalesce(s.on_hand - s.reserved, 0), 0) as free, o.placed_at, o.requested_on
from orders.line as l
join orders.order as o on o.cell_id = l.cell_id and o.id = l.order_id
join network.organization as b on b.id = o.buyer_id
join network.bin as i on i.id = (l.key >> 32)::int
join network.node as n on n.id = i.node_id
join catalog.sku as k on k.id = l.sku_id
left join stock.balance as s on s.cell_id = l.cell_id and s.key = l.key
where l.cell_id = %(cell_id)s and l.back_ordered > 0 and l.supplier_id is null and o.status in ('placed', 'confirmed')
  and (o.expires_at is null or o.expires_at > %(now)s)
  and (%(sku_id)s::int is null or l.sku_id = %(sku_id)s)
  and (%(node_id)s::int is null or n.id = %(node_id)s)
  and (%(q)s::text is null or o.number ilike %(q)s or b.name ilike %(q)s or k.code ilike %(q)s or k.name_zh ilike %(q)s
       or k.name_en ilike %(q)s)
  and o.seller_id = %(organization_id)s -- scope

-- name: find_keys_of_goods
-- Where a seller could sell some SKUs from: the sellable bins of its nodes, or of one.
select (i.id::bigint << 32) | s.sku_id from network.bin as i
join network.node as n on n.id = i.node_id
cross join unnest(%(sku_ids)s::int[]) as s (sku_id)
where n.organization_id = %(seller_id)s and i.owner_id = %(seller_id)s and i.state = 'sellable'
  and (%(node_id)s::int is null or n.id = %(node_id)s)

-- name: find_keys_of_sellers
-- The same for many sellers, each with some SKUs of its own.
select w.seller_id, (i.id::bigint << 32) | w.sku_id
from unnest(%(seller_ids)s::int[], %(sku_ids)s::int[]) as w (seller_id, sku_id)
join network.bin as i on i.owner_id = w.seller_id and i.state = 'sellable'
join network.node as n on n.id = i.node_id and n.organization_id = w.seller_id

-- name: find_keys_owed
-- Of some keys, those that an order waits for.
select distinct l.key from orders.line as l
where l.cell_id = %(cell_id)s and l.back_ordered > 0 and l.supplier_id is null and l.key = any (%(keys)s::bigint[])

-- name: find_keys_at_node
-- What a node is waited for.
select distinct l.key from network.bin as i
join orders.line as l on l.cell_id = %(cell_id)s and l.back_ordered > 0
 and l.key >= i.id::bigint << 32 and l.key < (i.id::bigint + 1) << 32
where i.node_id = %(node_id)s and i.state = 'sellable'

-- name: find_keys_of_order
select distinct l.key from orders.line as l where l.cell_id = %(cell_id)s and l.order_id = %(order_id)s

-- name: find_shared
-- Whose stock a buyer may see, and of which product line (null: of every line).
select l.seller_id, g.product_line_id
from network.trade_link as l
join network.link_grant as g on g.link_id = l.id
where l.buyer_id = any (%(organization_ids)s) and l.status = 'active'
  and l.valid_from <= %(today)s and (l.valid_until is null or l.valid_until > %(today)s)
  and g.capability = 'see-stock' and g.revoked_at is null
  and (g.valid_from is null or g.valid_from <= %(today)s) and (g.valid_until is null or g.valid_until > %(today)s)

-- name: list_stock
-- One row per node and SKU. Partners are told what is free and nothing else. A promise whose time is over reserves
-- nothing, swept or not.
select k.node_id || '-' || k.sku_id as id, k.node_id, n.code as node_code, n.name as node_name,
       k.owner_id as organization_id, o.name as organization_name,
       k.sku_id, k.sku_code, k.name_zh, k.name_en, k.base_unit, k.is_lot_tracked, k.sort_key, k.is_own,
       case when k.is_own then k.on_hand end as on_hand,
       case when k.is_own then k.reserved end as reserved,
       case when k.is_own then k.expired end as expired,
       case when k.is_own then k.blocked end as blocked,
       case when k.is_own then k.in_transit end as in_transit,
       greatest(k.on_hand - k.reserved - k.expired, 0) as free,
       k.next_expiry_on, coalesce(k.next_expiry_on, 'infinity'::date)::text as expiry_key,
       case when k.is_own and %(sees_value)s
            then round(c.value_minor::numeric * (k.on_hand + k.blocked + k.in_transit) / nullif(c.quantity, 0))::bigint
       end as value_minor,
       c.currency, %(now)s::timestamptz as as_of
from (
    select b.node_id, b.owner_id, b.home_cell, x.sku_id, s.code as sku_code, s.name_zh, s.name_en, s.base_unit,
           s.is_lot_tracked, s.sort_key,
           %(is_whole)s or b.owner_id = any (%(organization_ids)s) as is_own,
           coalesce(sum(x.on_hand) filter (where b.state = 'sellable'), 0)::bigint as on_hand,
           coalesce(sum(x.reserved - coalesce(p.quantity, 0)) filter (where b.state = 'sellable'), 0)::bigint as reserved,
           coalesce(sum(e.on_hand) filter (where b.state = 'sellable'), 0)::bigint as expired,
           coalesce(sum(x.on_hand) filter (where b.state = 'blocked'), 0)::bigint as blocked,
           coalesce(sum(x.on_hand) filter (where b.state = 'in-transit'), 0)::bigint as in_transit,
           min(x.next_expiry_on) filter (where b.state = 'sellable') as next_expiry_on
    from network.bin as b
    join stock.balance as x on x.cell_id = b.home_cell and x.bin_id = b.id
    join catalog.sku as s on s.id = x.sku_id
    left join lateral (
        select sum(l.on_hand) as on_hand from stock.lot_balance as l
        where x.next_expiry_on <= %(today)s and l.cell_id = x.cell_id and l.key = x.key and l.expires_on <= %(today)s
    ) as e on true
    left join lateral (
        select sum(r.quantity) as quantity from stock.reservation as r
        where x.reserved > 0 and r.cell_id = x.cell_id and r.key = x.key and r.quantity > 0 and r.expires_at <= %(now)s
    ) as p on true
    where (%(node_id)s::int is null or b.node_id = %(node_id)s)
      and (%(organization_id)s::int is null or b.owner_id = %(organization_id)s)
      and (%(sku_id)s::int is null or x.sku_id = %(sku_id)s)
      and (%(keys)s::text[] is null or s.search @> %(keys)s)
      and (%(is_whole)s or b.owner_id = any (%(organization_ids)s) or exists (select from unnest(%(shared_seller)s::int[], %(shared_line)s::int[]) as g (seller_id, line_id) where g.seller_id = b.owner_id and coalesce(g.line_id, s.product_line_id) = s.product_line_id)) -- scope
    group by b.node_id, b.owner_id, b.home_cell, x.sku_id, s.id
) as k
join network.node as n on n.id = k.node_id
join network.organization as o on o.id = k.owner_id
left join stock.cost as c on c.cell_id = k.home_cell and c.owner_id = k.owner_id and c.sku_id = k.sku_id
where (%(expires_before)s::date is null or (k.next_expiry_on < %(expires_before)s and k.on_hand > 0))
  and (%(with_empty)s or k.on_hand + k.blocked + k.in_transit > 0)

-- name: list_lots
-- What lies in every bin by SKU and lot; goods without a lot are one row.
select b.id || '-' || s.id || '-' || coalesce(l.code, '') as id, b.node_id, n.name as node_name, b.state, s.id as sku_id,
       s.code as sku_code, s.name_zh, s.name_en, s.base_unit, s.sort_key, l.id as lot_id, l.code as lot_code,
       l.produced_on, l.expires_on, coalesce(l.expires_on, 'infinity'::date)::text as expiry_key, p.on_hand
from network.bin as b
join network.node as n on n.id = b.node_id
join stock.balance as x on x.cell_id = b.home_cell and x.bin_id = b.id
join catalog.sku as s on s.id = x.sku_id
cross join lateral (
    select q.lot_id, q.on_hand from stock.lot_balance as q
    where q.cell_id = x.cell_id and q.key = x.key and q.on_hand > 0
    union all
    select null, x.on_hand - coalesce(sum(q.on_hand), 0)::bigint from stock.lot_balance as q
    where q.cell_id = x.cell_id and q.key = x.key
    having x.on_hand > coalesce(sum(q.on_hand), 0)
) as p
left join stock.lot as l on l.cell_id = x.cell_id and l.id = p.lot_id
where (%(node_id)s::int is null or b.node_id = %(node_id)s)
  and (%(sku_id)s::int is null or x.sku_id = %(sku_id)s)
  and (%(state)s::text is null or b.state = %(state)s)
  and (%(expires_before)s::date is null or l.expires_on < %(expires_before)s)
  and (%(keys)s::text[] is null or s.search @> %(keys)s)
  and (%(is_whole)s or b.owner_id = any (%(organization_ids)s)) -- scope

-- name: list_moves
select m.id, m.recorded_at, m.business_on, b.node_id, n.name as node_name, b.state, s.id as sku_id, s.code as sku_code,
       s.name_zh, s.name_en, s.base_unit, l.code as lot_code, l.expires_on, m.quantity, m.kind, m.document_kind,
       m.document_id, m.line_no, m.reason, u.name as user_name,
       case when %(sees_value)s then m.cost_minor end as cost_minor
from network.bin as b
join stock.move as m
    on m.cell_id = b.home_cell and m.key >= b.id::bigint << 32 and m.key < (b.id + 1)::bigint << 32
join network.node as n on n.id = b.node_id
join catalog.sku as s on s.id = (m.key & 4294967295)::int
left join stock.lot as l on l.cell_id = m.cell_id and l.id = m.lot_id
left join identity.user as u on u.id = m.user_id
where (%(node_id)s::int is null or b.node_id = %(node_id)s)
  and (%(sku_id)s::int is null or (m.key & 4294967295)::int = %(sku_id)s)
  and (%(kind)s::text is null or m.kind = %(kind)s)
  and (%(document_id)s::uuid is null or m.document_id = %(document_id)s)
  and (%(lot_code)s::text is null or l.code = %(lot_code)s)
  and (%(from_on)s::date is null or m.business_on >= %(from_on)s)
  and (%(until_on)s::date is null or m.business_on < %(until_on)s)
  and (%(is_whole)s or b.owner_id = any (%(organization_ids)s)) -- scope

-- name: list_values
-- Quantity and value of what an organization owned at the end of a day, by SKU: the sum of all that happened until then.
select b.owner_id || '-' || s.id as id, b.owner_id as organization_id, o.name as organization_name, s.id as sku_id,
       s.code as sku_code, s.name_zh, s.name_en, s.base_unit, s.sort_key, o.currency,
       sum(m.quantity)::bigint as quantity, coalesce(sum(m.cost_minor), 0)::bigint as value_minor
from network.bin as b
join stock.move as m
    on m.cell_id = b.home_cell and m.key >= b.id::bigint << 32 and m.key < (b.id + 1)::bigint << 32
join catalog.sku as s on s.id = (m.key & 4294967295)::int
join network.organization as o on o.id = b.owner_id
where m.business_on <= %(on)s
  and (%(organization_id)s::int is null or b.owner_id = %(organization_id)s)
  and (%(sku_id)s::int is null or s.id = %(sku_id)s)
  and (%(keys)s::text[] is null or s.search @> %(keys)s)
  and (%(is_whole)s or b.owner_id = any (%(organization_ids)s)) -- scope
group by b.owner_id, o.id, s.id
having sum(m.quantity) <> 0 or sum(m.cost_minor) <> 0

-- name: sum_values
select b.owner_id as organization_id, o.name as organization_name, o.currency, o.sort_key,
       count(distinct m.key & 4294967295)::int as sku_count, coalesce(sum(m.cost_minor), 0)::bigint as value_minor
from network.bin as b
join stock.move as m
    on m.cell_id = b.home_cell and m.key >= b.id::bigint << 32 and m.key < (b.id + 1)::bigint << 32
join network.organization as o on o.id = b.owner_id
where m.business_on <= %(on)s
  and (%(is_whole)s or b.owner_id = any (%(organization_ids)s)) -- scope
group by b.owner_id, o.id

-- name: own_node
-- A node of the caller's own organization with the bins of its own goods.
select n.id, n.organization_id, n.home_cell, n.name, o.time_zone,
       (select b.id from network.bin as b where b.node_id = n.id and b.owner_id = o.id and b.state = 'sellable')
           as sellable_bin_id,
       (select b.id from network.bin as b where b.node_id = n.id and b.owner_id = o.id and b.state = 'blocked')
           as blocked_bin_id,
       (select b.id from network.bin as b
        where b.node_id = n.id and b.owner_id = o.id and b.state = 'in-transit' and b.peer_cell is null)
           as in_transit_bin_id
from network.node as n
join network.organization as o on o.id = n.organization_id
where n.id = %(node_id)s
  and n.organization_id = %(organization_id)s -- scope

-- name: find_moved
select distinct m.key from stock.move as m where m.cell_id = %(cell_id)s and m.key = any (%(key)s::bigint[])

-- name: find_expired_lots
-- Read plainly to learn the keys (key null), and again under their locks.
select p.key, l.id as lot_id, l.code as lot_code, p.expires_on, p.on_hand, x.on_hand - x.reserved as free, b.node_id,
       b.owner_id as organization_id, x.sku_id, o.time_zone,
       (select t.id from network.bin as t
        where t.node_id = b.node_id and t.owner_id = b.owner_id and t.state = 'blocked') as blocked_bin_id
from stock.balance as x
join network.bin as b on b.id = x.bin_id
join network.organization as o on o.id = b.owner_id
join stock.lot_balance as p on p.cell_id = x.cell_id and p.key = x.key
join stock.lot as l on l.cell_id = p.cell_id and l.id = p.lot_id
where x.cell_id = %(cell_id)s and x.next_expiry_on <= %(on)s and x.on_hand > x.reserved and b.state = 'sellable'
  and p.expires_on <= %(on)s and p.on_hand > 0 and (%(key)s::bigint[] is null or p.key = any (%(key)s))
order by p.expires_on, p.key, l.id
limit %(limit)s

-- name: check_on_hand
select coalesce(b.cell_id, m.cell_id) as cell_id, count(*) as count
from stock.balance as b
full join (select cell_id, key, sum(quantity) as quantity from stock.move group by cell_id, key) as m
    on m.cell_id = b.cell_id and m.key = b.key
where coalesce(b.on_hand, 0) <> coalesce(m.quantity, 0)
group by 1
order by 1

-- name: check_reserved
select coalesce(b.cell_id, r.cell_id) as cell_id, count(*) as count
from stock.balance as b
full join (select cell_id, key, sum(quantity) as quantity from stock.reservation group by cell_id, key) as r
    on r.cell_id = b.cell_id and r.key = b.key
where coalesce(b.reserved, 0) <> coalesce(r.quantity, 0)
group by 1
order by 1

-- name: check_lots
-- A SKU that is kept by lot lies wholly in lots; another may, where it was kept by lot before.
select b.cell_id, count(*) as count
from stock.balance as b
join catalog.sku as s on s.id = b.sku_id
left join (select cell_id, key, sum(on_hand) as on_hand from stock.lot_balance group by cell_id, key) as l
    on l.cell_id = b.cell_id and l.key = b.key
where coalesce(l.on_hand, 0) > b.on_hand or (s.is_lot_tracked and coalesce(l.on_hand, 0) < b.on_hand)
group by b.cell_id
order by b.cell_id

-- name: check_lot_moves
select coalesce(l.cell_id, m.cell_id) as cell_id, count(*) as count
from stock.lot_balance as l
full join (select cell_id, key, lot_id, sum(quantity) as quantity from stock.move
           where lot_id is not null group by cell_id, key, lot_id) as m
    on m.cell_id = l.cell_id and m.key = l.key and m.lot_id = l.lot_id
where coalesce(l.on_hand, 0) <> coalesce(m.quantity, 0)
group by 1
order by 1

-- name: check_expiry
select b.cell_id, count(*) as count
from stock.balance as b
left join (select cell_id, key, min(expires_on) as expires_on from stock.lot_balance
           where on_hand > 0 group by cell_id, key) as l
    on l.cell_id = b.cell_id and l.key = b.key
where b.next_expiry_on is distinct from l.expires_on
group by b.cell_id
order by b.cell_id

-- name: check_lot_dates
select b.cell_id, count(*) as count
from stock.lot_balance as b
join stock.lot as l on l.cell_id = b.cell_id and l.id = b.lot_id
where b.expires_on is distinct from l.expires_on
group by b.cell_id
order by b.cell_id

-- name: check_cost_quantity
select coalesce(c.cell_id, b.cell_id) as cell_id, count(*) as count
from stock.cost as c
full join (select b.cell_id, n.owner_id, b.sku_id, sum(b.on_hand) as on_hand
           from stock.balance as b join network.bin as n on n.id = b.bin_id
           group by b.cell_id, n.owner_id, b.sku_id) as b
    on b.cell_id = c.cell_id and b.owner_id = c.owner_id and b.sku_id = c.sku_id
where coalesce(c.quantity, 0) <> coalesce(b.on_hand, 0)
group by 1
order by 1

-- name: check_cost_value
select coalesce(c.cell_id, m.cell_id) as cell_id, count(*) as count
from stock.cost as c
full join (select m.cell_id, n.owner_id, (m.key & 4294967295)::int as sku_id, sum(m.cost_minor) as value_minor
           from stock.move as m join network.bin as n on n.id = (m.key >> 32)::int
           group by m.cell_id, n.owner_id, 3) as m
    on m.cell_id = c.cell_id and m.owner_id = c.owner_id and m.sku_id = c.sku_id
where coalesce(c.value_minor, 0) <> coalesce(m.value_minor, 0)
group by 1
order by 1

-- name: check_home
select b.cell_id, count(*) as count
from stock.balance as b
join network.bin as n on n.id = b.bin_id
where b.cell_id <> n.home_cell
group by b.cell_id
order by b.cell_id

-- name: check_belong
-- What foreign keys would say of balances and costs.
select w.cell_id, count(*) as count
from (select b.cell_id from stock.balance as b
      where not exists (select from network.bin as n where n.id = b.bin_id)
         or not exists (select from catalog.sku as s where s.id = b.sku_id)
      union all
      select c.cell_id from stock.cost as c
      where not exists (select from network.organization as o where o.id = c.owner_id)
         or not exists (select from catalog.sku as s where s.id = c.sku_id)) as w
group by w.cell_id
order by w.cell_id

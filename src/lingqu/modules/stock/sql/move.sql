-- name: insert_balances
-- Gives the keys that are new; any other was made by somebody else meanwhile.
insert into stock.balance (cell_id, key, bin_id, sku_id)
select %(cell_id)s, k.key, k.bin_id, k.sku_id
from unnest(%(key)s::bigint[], %(bin_id)s::int[], %(sku_id)s::int[]) as k (key, bin_id, sku_id)
on conflict (cell_id, key) do nothing
returning key

-- name: lock_balances
select b.key, b.on_hand, b.reserved
from stock.balance as b
where b.cell_id = %(cell_id)s and b.key = any (%(key)s::bigint[])
order by b.key
for update

-- name: read_lots
select b.key, l.id, l.code, l.produced_on, l.expires_on, b.on_hand
from stock.lot_balance as b
join stock.lot as l on l.cell_id = b.cell_id and l.id = b.lot_id
where b.cell_id = %(cell_id)s and b.key = any (%(key)s::bigint[]) and b.on_hand > 0

-- name: read_held
select r.document_id, r.line_no, r.key, r.quantity
from stock.reservation as r
where r.cell_id = %(cell_id)s and r.document_id = any (%(document_id)s::uuid[]) and r.key = any (%(key)s::bigint[])
  and r.quantity > 0

-- name: find_owners
select b.id, b.owner_id from network.bin as b where b.id = any (%(bin_id)s::int[])

-- name: insert_costs
insert into stock.cost (cell_id, owner_id, sku_id, currency, quantity, value_minor)
select %(cell_id)s, p.owner_id, p.sku_id, o.currency, 0, 0
from unnest(%(owner_id)s::int[], %(sku_id)s::int[]) as p (owner_id, sku_id)
join network.organization as o on o.id = p.owner_id
on conflict (cell_id, owner_id, sku_id) do nothing
returning owner_id, sku_id, quantity, value_minor, currency

-- name: lock_costs
select c.owner_id, c.sku_id, c.quantity, c.value_minor, c.currency
from stock.cost as c
join unnest(%(owner_id)s::int[], %(sku_id)s::int[]) as p (owner_id, sku_id)
  on c.owner_id = p.owner_id and c.sku_id = p.sku_id
where c.cell_id = %(cell_id)s
order by c.owner_id, c.sku_id
for update of c

-- name: read_costs
-- As lock_costs, for goods that stay in their owner's books: nothing will be changed.
select c.owner_id, c.sku_id, c.quantity, c.value_minor, c.currency
from stock.cost as c
join unnest(%(owner_id)s::int[], %(sku_id)s::int[]) as p (owner_id, sku_id)
  on c.owner_id = p.owner_id and c.sku_id = p.sku_id
where c.cell_id = %(cell_id)s

-- name: change
-- Write what was decided on locked rows; the moves follow by load_moves.
select stock.change_v1(
    %(cell_id)s, %(key)s::bigint[], %(on_hand)s::bigint[], %(reserved)s::bigint[], %(next_expiry_on)s::date[],
    %(lot_key)s::bigint[], %(lot_id)s::uuid[], %(lot_expires_on)s::date[], %(lot_on_hand)s::bigint[],
    %(used_document_id)s::uuid[], %(used_key)s::bigint[],
    %(held_document_id)s::uuid[], %(held_line_no)s::smallint[], %(held_key)s::bigint[], %(held)s::bigint[],
    %(cost_owner_id)s::int[], %(cost_sku_id)s::int[], %(cost_currency)s::text[],
    %(cost_quantity)s::bigint[], %(cost_value)s::bigint[])

-- name: load_moves
copy stock.move (
    cell_id, id, key, quantity, document_id, line_no, business_on, recorded_at,
    lot_id, kind, document_kind, reason, cost_minor, user_id)
from stdin (format binary)

-- name: find_skus
select s.id, s.is_lot_tracked, s.shelf_life_days from catalog.sku as s where s.id = any (%(sku_id)s::int[])

-- name: insert_lots
insert into stock.lot (cell_id, id, sku_id, code, produced_on, expires_on)
select %(cell_id)s, l.id, l.sku_id, l.code, l.produced_on, l.expires_on
from unnest(%(id)s::uuid[], %(sku_id)s::int[], %(code)s::text[], %(produced_on)s::date[], %(expires_on)s::date[])
     as l (id, sku_id, code, produced_on, expires_on)
on conflict (cell_id, id) do nothing

-- name: find_lots
select l.id, l.code, l.produced_on, l.expires_on
from stock.lot as l
where l.cell_id = %(cell_id)s and l.id = any (%(id)s::uuid[])

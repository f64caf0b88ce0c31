-- name: read_priced
-- What a change must know of an order's lines beside what steps know.
select l.line_no, l.pack_id, l.asked_packs, l.packs, l.price_minor, l.is_tax_included, l.tax_ppm, l.discount_minor,
       l.price_item_id,
       exists (select from routing.part as p where p.cell_id = l.cell_id and p.order_id = l.order_id
               and l.line_no in (p.line_no, p.part_of)) as is_split, k.code as sku_code, k.name_zh, k.name_en, k.base_unit
from orders.line as l
join catalog.sku as k on k.id = l.sku_id
where l.cell_id = %(cell_id)s and l.order_id = %(order_id)s

-- name: read_names
select k.id, k.code, k.name_zh, k.name_en, k.base_unit from catalog.sku as k where k.id = any (%(ids)s)

-- name: read_delivery
select o.requested_on, o.ship_to, o.shortage_policy from orders.order as o
where o.cell_id = %(cell_id)s and o.id = %(order_id)s

-- name: rewrite_lines
-- Lines of which nothing has moved, as they are ordered and priced now.
update orders.line as l
set asked_packs = greatest(u.packs, 1), packs = u.packs, quantity = u.quantity, reserved = u.reserved,
    back_ordered = u.back_ordered, price_minor = u.price, is_tax_included = u.included, tax_ppm = u.ppm,
    tax_minor = u.tax, total_minor = u.total, price_item_id = u.item
from unnest(%(line_no)s::smallint[], %(packs)s::int[], %(quantity)s::bigint[], %(reserved)s::bigint[],
            %(back_ordered)s::bigint[], %(price)s::bigint[], %(included)s::boolean[], %(ppm)s::int[], %(tax)s::bigint[],
            %(total)s::bigint[], %(item)s::int[])
    as u (line_no, packs, quantity, reserved, back_ordered, price, included, ppm, tax, total, item)
where l.cell_id = %(cell_id)s and l.order_id = %(order_id)s and l.line_no = u.line_no

-- name: insert_lines
insert into orders.line (cell_id, order_id, line_no, sku_id, pack_id, key, asked_packs, packs, units_per_pack, quantity,
                         reserved, back_ordered, price_minor, is_tax_included, tax_ppm, tax_minor, total_minor,
                         price_item_id)
select %(cell_id)s, %(order_id)s, u.line_no, u.sku_id, u.pack_id, u.key, u.packs, u.packs, u.units,
       u.packs::bigint * u.units, u.reserved, u.back_ordered, u.price, u.included, u.ppm, u.tax, u.total, u.item
from unnest(%(line_no)s::smallint[], %(sku_id)s::int[], %(pack_id)s::int[], %(key)s::bigint[], %(packs)s::int[],
            %(units)s::int[], %(reserved)s::bigint[], %(back_ordered)s::bigint[], %(price)s::bigint[],
            %(included)s::boolean[], %(ppm)s::int[], %(tax)s::bigint[], %(total)s::bigint[], %(item)s::int[])
    as u (line_no, sku_id, pack_id, key, packs, units, reserved, back_ordered, price, included, ppm, tax, total, item)

-- name: save_amounts
-- What each account pays of the order as it costs now.
insert into orders.payment as p (cell_id, order_id, account_id, position, amount_minor)
select %(cell_id)s, %(order_id)s, u.account_id, u.position, u.amount
from unnest(%(account_id)s::uuid[], %(position)s::smallint[], %(amount)s::bigint[]) as u (account_id, position, amount)
on conflict (cell_id, order_id, account_id) do update set amount_minor = excluded.amount_minor

-- name: revise_order
update orders.order as o
set goods_minor = %(goods)s, tax_minor = %(tax)s, freight_minor = %(freight)s, total_minor = %(total)s,
    requested_on = %(requested_on)s, ship_to = %(ship_to)s
where o.cell_id = %(cell_id)s and o.id = %(order_id)s

-- name: save_buyer_notes
-- null leaves a field as it is.
insert into orders.buyer_side as b (cell_id, order_id, po_number, note)
values (%(cell_id)s, %(order_id)s, coalesce(%(po_number)s::text, ''), coalesce(%(note)s::text, ''))
on conflict (cell_id, order_id)
do update set po_number = coalesce(%(po_number)s::text, b.po_number), note = coalesce(%(note)s::text, b.note)

-- name: save_seller_note
insert into orders.seller_side as s (cell_id, order_id, note) values (%(cell_id)s, %(order_id)s, %(note)s)
on conflict (cell_id, order_id) do update set note = excluded.note

-- name: insert_revision
insert into orders.revision (cell_id, order_id, id, side, status, reason, asked, before, after, version, asked_by,
                             asked_by_name, asked_at)
values (%(cell_id)s, %(order_id)s, %(id)s, %(side)s, %(status)s, %(reason)s, %(asked)s, %(before)s, %(after)s,
        %(version)s, %(asked_by)s, %(asked_by_name)s, %(now)s)

-- name: find_proposal
select r.id from orders.revision as r
where r.cell_id = %(cell_id)s and r.order_id = %(order_id)s and r.status = 'proposed'

-- name: read_revision
select r.id, r.side, r.status, r.asked, r.after from orders.revision as r
where r.cell_id = %(cell_id)s and r.order_id = %(order_id)s and r.id = %(id)s

-- name: decide_revision
update orders.revision as r
set status = %(status)s, version = %(version)s, decided_by = %(decided_by)s, decided_by_name = %(decided_by_name)s,
    decided_at = %(now)s, decision_reason = %(reason)s
where r.cell_id = %(cell_id)s and r.order_id = %(order_id)s and r.id = %(id)s

-- name: read_order_revisions
-- A proposal that nobody decided before the order ended has lapsed.
select r.id, r.side,
       case when r.status = 'proposed' and o.status in ('completed', 'cancelled', 'expired') then 'lapsed'
            else r.status end as status,
       r.reason, r.before, r.after, r.asked_by_name, r.asked_at, r.decided_by_name, r.decided_at, r.decision_reason
from orders.revision as r
join orders.order as o on o.cell_id = r.cell_id and o.id = r.order_id
where r.cell_id = %(cell_id)s and r.order_id = %(order_id)s
order by r.asked_at, r.version

-- name: read_packs
select l.asked_packs, l.packs, l.discount_minor from orders.line as l
where l.cell_id = %(cell_id)s and l.order_id = %(order_id)s and l.line_no = %(line_no)s

-- name: insert_parts
-- Further parts of a line, as it was priced; each is owed until it is reserved.
insert into orders.line
    (cell_id, order_id, line_no, sku_id, pack_id, key, asked_packs, packs, units_per_pack, quantity, reserved,
     back_ordered, price_minor, is_tax_included, tax_ppm, discount_minor, tax_minor, total_minor, price_item_id)
select l.cell_id, l.order_id, u.part_no, l.sku_id, l.pack_id, l.key, u.asked, u.packs, l.units_per_pack,
       u.packs::bigint * l.units_per_pack, 0, u.packs::bigint * l.units_per_pack, l.price_minor, l.is_tax_included,
       l.tax_ppm, u.discount, u.tax, u.total, l.price_item_id
from orders.line as l
cross join unnest(%(part_no)s::smallint[], %(asked)s::int[], %(packs)s::int[], %(discount)s::bigint[],
                  %(tax)s::bigint[], %(total)s::bigint[]) as u (part_no, asked, packs, discount, tax, total)
where l.cell_id = %(cell_id)s and l.order_id = %(order_id)s and l.line_no = %(line_no)s

-- name: shrink_line
update orders.line as l
set asked_packs = %(asked)s, packs = %(packs)s::int, quantity = %(packs)s::int::bigint * l.units_per_pack, reserved = 0,
    back_ordered = %(packs)s::int::bigint * l.units_per_pack, discount_minor = %(discount)s, tax_minor = %(tax)s,
    total_minor = %(total)s
where l.cell_id = %(cell_id)s and l.order_id = %(order_id)s and l.line_no = %(line_no)s

-- name: list_counts
select s.cell_id, s.id, s.organization_id, s.node_id, s.bin_id, n.name as node_name, s.title, s.status, s.opened_at, u.name as opened_by,
       s.closed_at, s.version, c.line_count, c.counted_count
from stock.count_sheet as s
join network.node as n on n.id = s.node_id
left join identity.user as u on u.id = s.opened_by
cross join lateral (
    select count(*)::int as line_count, count(l.counted)::int as counted_count
    from stock.count_line as l where l.cell_id = s.cell_id and l.sheet_id = s.id
) as c
where (%(id)s::uuid is null or s.id = %(id)s)
  and (%(organization_id)s::int is null or s.organization_id = %(organization_id)s)
  and (%(node_id)s::int is null or s.node_id = %(node_id)s)
  and (%(status)s::text is null or s.status = %(status)s)
  and (%(q)s::text is null or s.title ilike '%%' || %(q)s || '%%')
  and (%(is_whole)s or s.organization_id = any (%(organization_ids)s)) -- scope

-- name: list_count_lines
select l.sku_id, s.code as sku_code, s.name_zh, s.name_en, s.base_unit, l.lot_id, l.lot_code, l.expires_on, l.counted,
       l.expected, l.counted - l.expected as difference, l.entered_at, u.name as entered_by
from stock.count_line as l
join catalog.sku as s on s.id = l.sku_id
left join identity.user as u on u.id = l.entered_by
where l.cell_id = %(cell_id)s and l.sheet_id = %(sheet_id)s
order by s.sort_key, s.code, l.expires_on nulls last, l.lot_code

-- name: insert_count
insert into stock.count_sheet
    (cell_id, id, organization_id, node_id, bin_id, title, status, opened_at, opened_by)
values (%(cell_id)s, %(id)s, %(organization_id)s, %(node_id)s, %(bin_id)s, %(title)s, 'open', %(now)s, %(user_id)s)

-- name: insert_count_lines
insert into stock.count_line (cell_id, sheet_id, sku_id, lot_id, lot_code, expires_on)
select b.cell_id, %(sheet_id)s, b.sku_id, coalesce(l.id, '00000000-0000-0000-0000-000000000000'), l.code, l.expires_on
from stock.balance as b
left join stock.lot_balance as p on p.cell_id = b.cell_id and p.key = b.key and p.on_hand > 0
left join stock.lot as l on l.cell_id = p.cell_id and l.id = p.lot_id
where b.cell_id = %(cell_id)s and b.bin_id = %(bin_id)s and b.on_hand > 0
  and (%(sku_id)s::int[] is null or b.sku_id = any (%(sku_id)s))

-- name: touch_count
update stock.count_sheet set version = version + 1
where cell_id = %(cell_id)s and id = %(id)s and version = %(version)s and status = 'open'

-- name: enter_count
-- What the books say is read in the same statement. A line without a lot is all that belongs to no lot.
insert into stock.count_line as l
    (cell_id, sheet_id, sku_id, lot_id, lot_code, expires_on, counted, expected, entered_at, entered_by)
select %(cell_id)s, %(sheet_id)s, e.sku_id, e.lot_id, t.code, t.expires_on, e.counted,
       case when t.id is null
            then coalesce(b.on_hand, 0) - coalesce((select sum(q.on_hand) from stock.lot_balance as q
                                                    where q.cell_id = b.cell_id and q.key = b.key), 0)
            else coalesce(p.on_hand, 0) end,
       %(now)s, %(user_id)s
from unnest(%(sku_id)s::int[], %(lot_id)s::uuid[], %(counted)s::bigint[]) as e (sku_id, lot_id, counted)
left join stock.lot as t on t.cell_id = %(cell_id)s and t.id = e.lot_id
left join stock.balance as b on b.cell_id = %(cell_id)s and b.bin_id = %(bin_id)s and b.sku_id = e.sku_id
left join stock.lot_balance as p on p.cell_id = b.cell_id and p.key = b.key and p.lot_id = e.lot_id
on conflict (cell_id, sheet_id, sku_id, lot_id)
do update set counted = excluded.counted, expected = excluded.expected, entered_at = excluded.entered_at,
              entered_by = excluded.entered_by

-- name: close_count
update stock.count_sheet
set status = %(status)s, closed_at = %(now)s, closed_by = %(user_id)s, version = version + 1
where cell_id = %(cell_id)s and id = %(id)s and version = %(version)s and status = 'open'

-- name: find_lot_ids
select l.id from stock.lot as l where l.cell_id = %(cell_id)s and l.id = any (%(id)s::uuid[])

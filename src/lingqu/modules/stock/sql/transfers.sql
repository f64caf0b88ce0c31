-- name: list_transfers
select t.cell_id, t.id, t.organization_id, t.from_node_id, f.name as from_node_name, t.to_node_id,
       n.name as to_node_name, t.status, t.note, t.reason, t.requested_at, u.name as requested_by, t.closed_at,
       t.version, c.line_count, c.in_transit_count
from stock.transfer as t
join network.node as f on f.id = t.from_node_id
join network.node as n on n.id = t.to_node_id
left join identity.user as u on u.id = t.requested_by
cross join lateral (
    select count(*)::int as line_count,
           count(*) filter (where l.shipped > l.received + l.lost)::int as in_transit_count
    from stock.transfer_line as l where l.cell_id = t.cell_id and l.transfer_id = t.id
) as c
where (%(organization_id)s::int is null or t.organization_id = %(organization_id)s)
  and (%(node_id)s::int is null or %(node_id)s in (t.from_node_id, t.to_node_id))
  and (%(status)s::text is null or t.status = %(status)s)
  and (%(q)s::text is null or t.note ilike '%%' || %(q)s || '%%' or exists (
      select from stock.transfer_line as l
      join catalog.sku as k on k.id = l.sku_id
      where l.cell_id = t.cell_id and l.transfer_id = t.id and k.search @> %(keys)s::text[]))
  and (%(is_whole)s or t.organization_id = any (%(organization_ids)s)) -- scope

-- name: find_transfer
select t.cell_id, t.id, t.organization_id, t.from_node_id, f.name as from_node_name, t.to_node_id,
       n.name as to_node_name, t.status, t.note, t.reason, t.requested_at, u.name as requested_by, t.closed_at,
       t.version, c.line_count, c.in_transit_count
from stock.transfer as t
join network.node as f on f.id = t.from_node_id
join network.node as n on n.id = t.to_node_id
left join identity.user as u on u.id = t.requested_by
cross join lateral (
    select count(*)::int as line_count,
           count(*) filter (where l.shipped > l.received + l.lost)::int as in_transit_count
    from stock.transfer_line as l where l.cell_id = t.cell_id and l.transfer_id = t.id
) as c
where t.id = %(id)s
  and (%(is_whole)s or t.organization_id = any (%(organization_ids)s)) -- scope

-- name: list_transfer_lines
select l.line_no, l.sku_id, s.code as sku_code, s.name_zh, s.name_en, s.base_unit, l.quantity, l.shipped, l.received,
       l.lost, l.shipped - l.received - l.lost as in_transit
from stock.transfer_line as l
join catalog.sku as s on s.id = l.sku_id
where l.cell_id = %(cell_id)s and l.transfer_id = %(transfer_id)s
order by l.line_no

-- name: insert_transfer
insert into stock.transfer
    (cell_id, id, organization_id, from_node_id, to_node_id, status, note, requested_at, requested_by)
values (%(cell_id)s, %(id)s, %(organization_id)s, %(from_node_id)s, %(to_node_id)s, 'requested', %(note)s, %(now)s,
        %(user_id)s)

-- name: insert_transfer_lines
insert into stock.transfer_line (cell_id, transfer_id, line_no, sku_id, quantity)
select %(cell_id)s, %(transfer_id)s, l.line_no, l.sku_id, l.quantity
from unnest(%(line_no)s::smallint[], %(sku_id)s::int[], %(quantity)s::bigint[]) as l (line_no, sku_id, quantity)

-- name: step_transfer
update stock.transfer
set status = %(status)s, reason = coalesce(%(reason)s::text, reason), closed_at = %(closed_at)s, version = version + 1
where cell_id = %(cell_id)s and id = %(id)s and version = %(version)s

-- name: add_to_transfer_lines
update stock.transfer_line as l
set shipped = l.shipped + a.shipped, received = l.received + a.received, lost = l.lost + a.lost
from unnest(%(line_no)s::smallint[], %(shipped)s::bigint[], %(received)s::bigint[], %(lost)s::bigint[])
     as a (line_no, shipped, received, lost)
where l.cell_id = %(cell_id)s and l.transfer_id = %(transfer_id)s and l.line_no = a.line_no

-- name: find_on_the_way
select m.line_no, m.key, m.lot_id, l.expires_on, sum(m.quantity)::bigint as quantity
from stock.move as m
left join stock.lot as l on l.cell_id = m.cell_id and l.id = m.lot_id
where m.cell_id = %(cell_id)s and m.document_id = %(document_id)s and (m.key >> 32)::int = %(bin_id)s
group by m.line_no, m.key, m.lot_id, l.expires_on
having sum(m.quantity) > 0
order by m.line_no, l.expires_on nulls last, m.lot_id

-- name: read_work
-- Nodes with open lines, and those that answered whatever they have left.
select n.id as node_id, n.name as node_name,
       coalesce(array_agg(l.line_no order by l.line_no) filter (where l.reserved + l.back_ordered > 0), '{}') as line_nos
from (select l.line_no, l.reserved, l.back_ordered, (l.key >> 32)::int as bin_id from orders.line as l
      where l.cell_id = %(cell_id)s and l.order_id = %(order_id)s and l.supplier_id is null) as l
join network.bin as b on b.id = l.bin_id
full join (select a.node_id from routing.answer as a
           where a.cell_id = %(cell_id)s and a.order_id = %(order_id)s) as a on a.node_id = b.node_id
join network.node as n on n.id = coalesce(b.node_id, a.node_id)
group by n.id, n.name
order by n.id

-- name: nodes_of_bins
select b.id, b.node_id from network.bin as b where b.id = any (%(bin_ids)s::int[]) order by b.id

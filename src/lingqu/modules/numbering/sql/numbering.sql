-- name: draw_numbers
-- Take a block from each series and return the first number of each; series in key order, so that two draws never
-- wait for each other in a circle.
insert into numbering.series as s (cell_id, organization_id, kind, period, next)
select %(cell_id)s, d.organization_id, %(kind)s, d.period, d.count + 1
from unnest(%(organization_ids)s::int[], %(periods)s::int[], %(counts)s::int[]) as d (organization_id, period, count)
order by d.organization_id, d.period
on conflict (cell_id, organization_id, kind, period) do update set next = s.next + excluded.next - 1
returning s.organization_id, s.period, s.next

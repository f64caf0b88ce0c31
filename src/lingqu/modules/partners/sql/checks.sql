-- name: check_lanes
select o.home_cell as cell_id, count(*) as count
from partners.webhook as w
join network.organization as o on o.id = w.organization_id
left join partners.lane as l on l.cell_id = o.home_cell and l.webhook_id = w.id
where l.is_open is distinct from (w.state = 'active')
group by o.home_cell
order by o.home_cell

-- name: check_wakes
select d.cell_id, count(*) as count
from partners.delivery as d
join partners.lane as l on l.cell_id = d.cell_id and l.webhook_id = d.webhook_id
where d.state = 'waiting' and l.is_open and l.due_at is null
group by d.cell_id
order by d.cell_id

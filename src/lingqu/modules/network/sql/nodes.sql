-- name: add_nodes
insert into network.node
    (organization_id, kind, code, name, region_id, address, latitude, longitude, home_cell)
select n.organization_id, n.kind, n.code, n.name, n.region_id, n.address, n.latitude, n.longitude, n.home_cell
from unnest(%(organization_id)s::int[], %(kind)s::text[], %(code)s::text[], %(name)s::text[], %(region_id)s::int[],
            %(address)s::text[], %(latitude)s::float8[], %(longitude)s::float8[], %(home_cell)s::int[])
     as n (organization_id, kind, code, name, region_id, address, latitude, longitude, home_cell)
on conflict (organization_id, code) do nothing
returning organization_id, code, id

-- name: add_bins
insert into network.bin (node_id, owner_id, state, home_cell)
select n.node_id, n.owner_id, s.state, n.home_cell
from unnest(%(node_id)s::int[], %(owner_id)s::int[], %(home_cell)s::int[]) as n (node_id, owner_id, home_cell)
cross join unnest(array['sellable', 'blocked', 'in-transit']) as s (state)
returning node_id, state, id

-- name: node_terms
select n.id, n.organization_id, n.home_cell, n.kind, n.code, n.name, n.is_open,
       max(b.id) filter (where b.state = 'sellable') as sellable_bin_id,
       max(b.id) filter (where b.state = 'blocked') as blocked_bin_id,
       max(b.id) filter (where b.state = 'in-transit') as in_transit_bin_id
from network.node n
join network.bin b on b.node_id = n.id and b.owner_id = n.organization_id and b.peer_cell is null
where n.id = any(%(ids)s)
group by n.id
order by n.id

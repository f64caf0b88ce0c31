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

-- name: open_transit_bins
-- Bins for goods of one owner on their way from others' nodes; one that stands already stays.
insert into network.bin (node_id, owner_id, state, home_cell)
select u.node_id, %(owner_id)s, 'in-transit', %(home_cell)s
from unnest(%(node_ids)s::int[]) as u (node_id)
order by u.node_id
on conflict (node_id, owner_id, state, peer_cell) do nothing

-- name: find_transit_bins
select b.node_id, b.id from network.bin as b
where b.node_id = any (%(node_ids)s::int[]) and b.owner_id = %(owner_id)s and b.state = 'in-transit'
  and b.peer_cell is null

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

-- name: list_nodes
select n.id, n.organization_id, o.name as organization_name, n.kind, n.code, n.name, n.region_id, n.address, n.is_open
from network.node n
join network.organization o on o.id = n.organization_id
where (%(organization_id)s::int is null or n.organization_id = %(organization_id)s)
  and (%(kind)s::text is null or n.kind = %(kind)s)
  and (%(is_open)s::bool is null or n.is_open = %(is_open)s)
  and (%(text)s::text is null or strpos(lower(n.name), lower(%(text)s)) > 0 or strpos(n.code, %(text)s) > 0)
  and (%(is_whole)s or n.organization_id = any(%(organization_ids)s)) -- scope

-- name: read_node
select n.id, n.organization_id, o.name as organization_name, n.kind, n.code, n.name, n.region_id, n.address, n.is_open,
       n.latitude, n.longitude, n.version,
       coalesce((
           select jsonb_agg(jsonb_build_object(
               'id', b.id, 'owner_id', b.owner_id, 'owner_name', w.name, 'state', b.state) order by b.id)
           from network.bin b
           join network.organization w on w.id = b.owner_id
           where b.node_id = n.id), '[]') as bins
from network.node n
join network.organization o on o.id = n.organization_id
where n.id = %(id)s
  and (%(is_whole)s or n.organization_id = any(%(organization_ids)s)) -- scope

-- name: find_cell_in_scope
select o.home_cell from network.organization o
where o.id = %(id)s and o.status <> 'closed'
  and (%(is_whole)s or o.id = any(%(organization_ids)s)) -- scope

-- name: edit_node
update network.node
set name = %(name)s, region_id = %(region_id)s, address = %(address)s, latitude = %(latitude)s,
    longitude = %(longitude)s, is_open = %(is_open)s, version = version + 1
where id = %(id)s and version = %(version)s

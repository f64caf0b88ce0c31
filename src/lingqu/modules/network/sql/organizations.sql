-- name: find_home_cells
select id, home_cell from network.organization where id = any(%(ids)s)

-- name: add_organizations
insert into network.organization
    (party_id, walk_in_party_id, kind, parent_id, level, code, name, name_en, credit_code, region_id, address,
     latitude, longitude, contact_name, contact_phone, home_cell, time_zone, currency, status, contract_from,
     contract_until, sort_key, search, created_at)
select o.party_id, o.walk_in_party_id, o.kind, o.parent_id, o.level, o.code, o.name, o.name_en, o.credit_code,
       o.region_id, o.address, o.latitude, o.longitude, o.contact_name, o.contact_phone, o.home_cell, o.time_zone,
       o.currency, o.status, o.contract_from, o.contract_until, o.sort_key, string_to_array(o.search, ' '), %(now)s
from unnest(%(party_id)s::uuid[], %(walk_in_party_id)s::uuid[], %(kind)s::text[], %(parent_id)s::int[],
            %(level)s::text[], %(code)s::text[], %(name)s::text[], %(name_en)s::text[], %(credit_code)s::text[],
            %(region_id)s::int[], %(address)s::text[], %(latitude)s::float8[], %(longitude)s::float8[],
            %(contact_name)s::text[], %(contact_phone)s::text[], %(home_cell)s::int[], %(time_zone)s::text[],
            %(currency)s::text[], %(status)s::text[], %(contract_from)s::date[], %(contract_until)s::date[],
            %(sort_key)s::text[], %(search)s::text[])
     as o (party_id, walk_in_party_id, kind, parent_id, level, code, name, name_en, credit_code, region_id, address,
           latitude, longitude, contact_name, contact_phone, home_cell, time_zone, currency, status, contract_from,
           contract_until, sort_key, search)
on conflict (code) do nothing
returning code, id

-- name: organization_terms
-- The node an organization ships from by default is its first open one. The wall (offset 0) keeps the planner from
-- walking through the nodes of everybody in order of id until one of this organization comes.
select o.id, o.party_id, o.walk_in_party_id, o.kind, o.parent_id, o.level, o.region_id, o.name, o.status, o.home_cell,
       o.time_zone, o.currency, n.id as node_id,
       (select b.id from network.bin b where b.node_id = n.id and b.owner_id = o.id and b.state = 'sellable')
           as sellable_bin_id,
       (select b.id from network.bin b where b.node_id = n.id and b.owner_id = o.id and b.state = 'blocked')
           as blocked_bin_id,
       (select b.id from network.bin b
        where b.node_id = n.id and b.owner_id = o.id and b.state = 'in-transit' and b.peer_cell is null)
           as in_transit_bin_id
from network.organization o
left join lateral (
    select d.id
    from (select id from network.node where organization_id = o.id and is_open offset 0) as d order by d.id limit 1
) n on true
where o.id = any(%(ids)s)
order by o.id

-- name: find_scopes
-- Organizations, everything below each, and the cells where their rows live: their own, and those of whom they buy.
-- All in one: walked through one by one, a thousand dealers who come at once cost seconds. The lateral parts are walls
-- (offset 0): how many lie below nobody can guess, and a plan for many reads every organization for every caller.
with recursive below as (
    select o.id as root_id, o.id, o.party_id, o.home_cell
    from network.organization as o where o.party_id = any (%(party_ids)s::uuid[]) and o.status <> 'closed'
    union all
    select b.root_id, o.id, o.party_id, o.home_cell
    from below as b cross join lateral (
        select c.id, c.party_id, c.home_cell from network.organization as c where c.parent_id = b.id offset 0) as o
), trees as (
    select root_id, array_agg(id order by id) as ids, array_agg(party_id order by id) as party_ids
    from below group by root_id
), cells as (
    select c.root_id, array_agg(c.home_cell order by c.home_cell) as ids
    from (select root_id, home_cell from below
          union
          select b.root_id, s.home_cell
          from below as b cross join lateral (
              select o.home_cell
              from network.trade_link as l join network.organization as o on o.id = l.seller_id
              where l.buyer_id = b.id offset 0) as s) as c
    group by c.root_id
)
select o.party_id, o.id as organization_id, o.kind, o.home_cell as cell_id, t.ids as organization_ids, t.party_ids,
       c.ids as cell_ids
from network.organization as o
join trees as t on t.root_id = o.id
join cells as c on c.root_id = o.id
where o.party_id = any (%(party_ids)s::uuid[])

-- name: find_platform
select id from network.organization where kind = 'platform' order by id limit 1

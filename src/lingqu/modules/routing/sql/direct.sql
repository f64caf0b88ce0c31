-- name: find_direct_sites
-- The nodes from which suppliers send for some sellers, by an offer that stands and over a link that is open.
select n.id, f.buyer_id as seller_id, o.name || ' · ' || n.name as name, b.id as bin_id,
       coalesce(n.latitude, r.latitude) as latitude, coalesce(n.longitude, r.longitude) as longitude,
       f.seller_id as supplier_id, n.home_cell as cell_id, f.fee_ppm
from routing.direct_offer as f
join network.trade_link as k on k.seller_id = f.seller_id and k.buyer_id = f.buyer_id and k.status = 'active'
join network.organization as o on o.id = f.seller_id and o.status = 'active'
join network.node as n on n.organization_id = o.id and n.is_open and n.home_cell = o.home_cell
join network.bin as b on b.node_id = n.id and b.owner_id = o.id and b.state = 'sellable'
left join identity.region as r on r.id = n.region_id
where f.buyer_id = any (%(seller_ids)s::int[]) and f.is_active
  and (cardinality(f.node_ids) = 0 or n.id = any (f.node_ids))
order by n.id

-- name: list_direct_offers
-- Who buys from the caller to sell on, each with the offer it has, if any.
select b.id as buyer_id, b.name as buyer_name, coalesce(f.fee_ppm, 0) as fee_ppm,
       coalesce(f.node_ids, '{}') as node_ids, coalesce(f.is_active, false) as is_active,
       coalesce(f.version, 0) as version,
       exists (select from routing.setting as s
               where s.seller_id = b.id and s.is_active and s.content -> 'direct' @> to_jsonb(k.seller_id)) as is_used
from network.trade_link as k
join network.organization as b on b.id = k.buyer_id
left join routing.direct_offer as f on f.seller_id = k.seller_id and f.buyer_id = k.buyer_id
where k.seller_id = %(seller_id)s and k.status <> 'closed' and b.kind <> 'dealer'
order by b.name, b.id

-- name: find_offers_to
-- What suppliers offer to the caller, with the nodes they would send from.
select f.seller_id, o.name as seller_name, f.fee_ppm, f.is_active and k.status = 'active' as is_active,
       coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'name', n.name) order by n.id)
                 from network.node as n
                 where n.organization_id = f.seller_id and n.is_open
                   and (cardinality(f.node_ids) = 0 or n.id = any (f.node_ids))), '[]') as nodes
from routing.direct_offer as f
join network.organization as o on o.id = f.seller_id
join network.trade_link as k on k.seller_id = f.seller_id and k.buyer_id = f.buyer_id
where f.buyer_id = %(buyer_id)s
order by o.name, o.id

-- name: put_direct_offer
-- Answers nothing where another version than if_match stands; none stands at 0.
insert into routing.direct_offer as f (seller_id, buyer_id, fee_ppm, node_ids, is_active)
values (%(seller_id)s, %(buyer_id)s, %(fee_ppm)s, %(node_ids)s, %(is_active)s)
on conflict (seller_id, buyer_id)
do update set fee_ppm = excluded.fee_ppm, node_ids = excluded.node_ids, is_active = excluded.is_active,
              version = f.version + 1
where f.version = %(if_match)s
returning f.version

-- name: find_backlog
-- Open orders of a seller that are owed goods, the oldest first, and how many there are in all: a plain read. What a
-- supplier sends straight to the buyer is promised there, and nothing to plan.
select o.id, o.buyer_id, o.placed_at, o.business_on, count(*) over () as order_count
from (select distinct l.order_id from orders.line as l
      where l.cell_id = %(cell_id)s and l.back_ordered > 0 and l.supplier_id is null) as w
join orders.order as o on o.cell_id = %(cell_id)s and o.id = w.order_id
where o.seller_id = %(seller_id)s and o.status in ('placed', 'confirmed') and o.buyer_id is not null
  and (o.expires_at is null or o.expires_at > %(now)s)
order by o.placed_at, o.id
limit %(limit)s

-- name: find_nodes_of_bins
select i.id, i.node_id from network.bin as i where i.id = any (%(bin_ids)s::int[])

-- name: list_backlog_plans
select p.id, p.seller_id, s.name as seller_name, p.state, p.done_count, p.total_count, p.left_out, p.summary, p.ask,
       p.asked_at, (select u.name from identity.user as u where u.id = p.asked_by) as asked_by_name, p.ready_at, p.ended_at,
       (select u.name from identity.user as u where u.id = p.ended_by) as ended_by_name, s.currency,
       (select count(*) from routing.backlog_plan_order as d
        where d.cell_id = p.cell_id and d.plan_id = p.id and d.state = 'applied') as applied_count,
       (select count(*) from routing.backlog_plan_order as d
        where d.cell_id = p.cell_id and d.plan_id = p.id and d.state = 'skipped') as skipped_count
from routing.backlog_plan as p
join network.organization as s on s.id = p.seller_id
where (%(id)s::uuid is null or p.id = %(id)s)
  and (%(state)s::text is null or p.state = %(state)s)
  and (%(is_whole)s or p.seller_id = any (%(organization_ids)s)) -- scope

-- name: list_plan_orders
-- What a plan says of each order; the plan itself was found to be the caller's.
select d.order_id as id, d.place, d.state, d.why, d.content, o.number, o.status, o.buyer_id, b.name as buyer_name,
       b.level as buyer_level, o.placed_at
from routing.backlog_plan_order as d
join orders.order as o on o.cell_id = d.cell_id and o.id = d.order_id
join network.organization as b on b.id = o.buyer_id
where d.plan_id = %(plan_id)s
  and (%(state)s::text is null or d.state = %(state)s)
  and (%(q)s::text is null or o.number ilike %(q)s or b.name ilike %(q)s)

-- name: name_nodes_of
select n.id, n.name from network.node as n where n.organization_id = %(seller_id)s order by n.id

-- name: name_planned_skus
select k.id, k.code, k.name_zh, k.name_en, k.base_unit from catalog.sku as k where k.id = any (%(sku_ids)s::int[]) order by k.id

-- name: find_approval_rules
select r.seller_id, r.is_active, r.content, r.version
from orders.approval_rules as r
where r.seller_id = any (%(seller_ids)s::int[])

-- name: find_watched
-- Of some pairs those that a policy watches: the buyer's own or the seller's for everybody, the buyer's releases, and
-- orders on behalf that are not simply allowed.
select w.seller_id, w.buyer_id, coalesce(o.after_days, e.after_days) as after_days,
       coalesce(o.action, e.action) as action, b.above_minor as release_above_minor, h.seller_says, h.buyer_says
from unnest(%(seller_id)s::int[], %(buyer_id)s::int[]) as w (seller_id, buyer_id)
left join orders.late_policy as o on o.seller_id = w.seller_id and o.buyer_id = w.buyer_id
left join orders.late_policy as e on e.seller_id = w.seller_id and e.buyer_id is null
left join orders.release_rule as b on b.buyer_id = w.buyer_id
left join orders.behalf_rule as h on h.seller_id = w.seller_id and h.buyer_id = w.buyer_id
where coalesce(o.action, e.action, 'none') <> 'none' or b.above_minor is not null
   or h.seller_says <> 'allowed' or h.buyer_says <> 'allowed'

-- name: set_approval_rules
-- Answers nothing where another version than if_match stands; none stands at 0.
insert into orders.approval_rules as r (seller_id, is_active, content)
values (%(seller_id)s, %(is_active)s, %(content)s)
on conflict (seller_id)
do update set is_active = excluded.is_active, content = excluded.content, version = r.version + 1
where r.version = %(if_match)s
returning r.version

-- name: check_lines
-- Product lines that do not exist.
select w.id from unnest(%(ids)s::int[]) as w (id)
where not exists (select from network.product_line as l where l.id = w.id)

-- name: check_roles
-- Roles that nobody of this party can hold.
select w.id from unnest(%(ids)s::int[]) as w (id)
where not exists (
    select from identity.role as r
    where r.id = w.id and r.organization_kind = %(kind)s and (r.party_id is null or r.party_id = %(party_id)s))

-- name: list_late_policies
select p.buyer_id, coalesce(b.name, '') as buyer_name, p.after_days, p.action, p.version
from orders.late_policy as p
left join network.organization as b on b.id = p.buyer_id
where p.seller_id = %(seller_id)s
order by p.buyer_id is not null, buyer_name, p.buyer_id

-- name: put_late_policy
insert into orders.late_policy as p (seller_id, buyer_id, after_days, action)
values (%(seller_id)s, %(buyer_id)s, %(after_days)s, %(action)s)
on conflict (seller_id, buyer_id)
do update set after_days = excluded.after_days, action = excluded.action, version = p.version + 1
where p.version = %(if_match)s
returning p.version

-- name: is_linked
select exists (select from network.trade_link as k where k.seller_id = %(seller_id)s and k.buyer_id = %(buyer_id)s)

-- name: find_release_rule
select r.above_minor, r.version from orders.release_rule as r where r.buyer_id = %(buyer_id)s

-- name: put_release_rule
insert into orders.release_rule as r (buyer_id, above_minor)
values (%(buyer_id)s, %(above_minor)s)
on conflict (buyer_id) do update set above_minor = excluded.above_minor, version = r.version + 1
where r.version = %(if_match)s
returning r.version

-- name: find_sellers_of
select k.seller_id from network.trade_link as k where k.buyer_id = %(buyer_id)s order by k.seller_id

-- name: find_behalf_rule
select r.seller_says, r.buyer_says, r.version from orders.behalf_rule as r
where r.seller_id = %(seller_id)s and r.buyer_id = %(buyer_id)s

-- name: put_behalf_rule
insert into orders.behalf_rule as r (seller_id, buyer_id, seller_says, buyer_says)
values (%(seller_id)s, %(buyer_id)s, %(seller_says)s, %(buyer_says)s)
on conflict (seller_id, buyer_id)
do update set seller_says = excluded.seller_says, buyer_says = excluded.buyer_says, version = r.version + 1
where r.version = %(if_match)s
returning r.version

-- name: list_drafts
select d.id, d.buyer_id, d.seller_id, s.name as seller_name, d.name, d.content, d.saved_at, d.version, d.state, d.submitted_by,
       coalesce(u.name, '') as submitted_by_name, d.submitted_at, d.submitted_total_minor, d.decision_reason
from orders.draft as d
join network.organization as s on s.id = d.seller_id
left join identity.user as u on u.id = d.submitted_by
where (%(seller_id)s::int is null or d.seller_id = %(seller_id)s)
  and (%(state)s::text is null or d.state = %(state)s)
  and (%(q)s::text is null or d.name ilike %(q)s or s.name ilike %(q)s)
  and d.deleted_at is null
  and d.buyer_id = %(organization_id)s -- scope

-- name: find_draft
select d.id, d.buyer_id, d.seller_id, s.name as seller_name, d.name, d.content, d.saved_at, d.version, d.state, d.submitted_by,
       coalesce(u.name, '') as submitted_by_name, d.submitted_at, d.submitted_total_minor, d.decision_reason
from orders.draft as d
join network.organization as s on s.id = d.seller_id
left join identity.user as u on u.id = d.submitted_by
where d.cell_id = %(cell_id)s and d.id = %(id)s and d.deleted_at is null
  and d.buyer_id = %(organization_id)s -- scope

-- name: insert_draft
insert into orders.draft (cell_id, id, buyer_id, seller_id, name, content, saved_by, saved_at)
select %(cell_id)s, %(id)s, %(buyer_id)s, o.id, %(name)s, %(content)s, %(saved_by)s, %(now)s
from network.organization as o where o.id = %(seller_id)s

-- name: update_draft
update orders.draft as d
set name = %(name)s, content = %(content)s, saved_by = %(saved_by)s, saved_at = %(now)s, version = d.version + 1,
    state = 'open', decision_reason = ''
where d.cell_id = %(cell_id)s and d.id = %(id)s and d.version = %(version)s

-- name: mark_draft
-- Throw a basket away or bring it back; either is a change like any other, and nothing waits for a yes any more.
update orders.draft as d
set deleted_at = %(deleted_at)s, state = 'open', decision_reason = '', version = d.version + 1
where d.cell_id = %(cell_id)s and d.id = %(id)s

-- name: purge_drafts
delete from orders.draft as d where d.deleted_at < %(before)s

-- name: delete_draft
delete from orders.draft as d where d.cell_id = %(cell_id)s and d.id = %(id)s

-- name: close_draft
-- The draft became an order. Its cell is the buyer's; the few cells are looked through.
delete from orders.draft as d where d.id = %(id)s and d.buyer_id = %(buyer_id)s

-- name: lock_draft
select d.version from orders.draft as d
where d.cell_id = %(cell_id)s and d.id = %(id)s and d.buyer_id = %(buyer_id)s
  and (d.deleted_at is not null) = %(is_deleted)s
for update

-- name: move_draft
update orders.draft as d
set state = %(state)s, submitted_by = %(submitted_by)s, submitted_at = %(submitted_at)s,
    submitted_total_minor = %(total_minor)s, decision_reason = %(reason)s, version = d.version + 1
where d.cell_id = %(cell_id)s and d.id = %(id)s

-- name: name_goods
-- What the lines of a basket are called.
select k.id as sku_id, p.id as pack_id, k.code as sku_code, k.name_zh, k.name_en,
       p.name_zh as pack_name_zh, p.name_en as pack_name_en
from unnest(%(sku_ids)s::int[], %(pack_ids)s::int[]) as w (sku_id, pack_id)
join catalog.sku as k on k.id = w.sku_id
join catalog.pack as p on p.id = w.pack_id

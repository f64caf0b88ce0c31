-- name: list_drafts
select d.id, d.buyer_id, d.seller_id, s.name as seller_name, d.content, d.saved_at, d.version
from orders.draft as d
join network.organization as s on s.id = d.seller_id
where (%(seller_id)s::int is null or d.seller_id = %(seller_id)s)
  and d.buyer_id = %(organization_id)s -- scope

-- name: find_draft
select d.id, d.buyer_id, d.seller_id, s.name as seller_name, d.content, d.saved_at, d.version
from orders.draft as d
join network.organization as s on s.id = d.seller_id
where d.cell_id = %(cell_id)s and d.id = %(id)s
  and d.buyer_id = %(organization_id)s -- scope

-- name: insert_draft
insert into orders.draft (cell_id, id, buyer_id, seller_id, content, saved_by, saved_at)
select %(cell_id)s, %(id)s, %(buyer_id)s, o.id, %(content)s, %(saved_by)s, %(now)s
from network.organization as o where o.id = %(seller_id)s

-- name: update_draft
update orders.draft as d
set content = %(content)s, saved_by = %(saved_by)s, saved_at = %(now)s, version = d.version + 1
where d.cell_id = %(cell_id)s and d.id = %(id)s and d.version = %(version)s

-- name: delete_draft
delete from orders.draft as d where d.cell_id = %(cell_id)s and d.id = %(id)s

-- name: close_draft
-- The draft became an order. Its cell is the buyer's; the few cells are looked through.
delete from orders.draft as d where d.id = %(id)s and d.buyer_id = %(buyer_id)s

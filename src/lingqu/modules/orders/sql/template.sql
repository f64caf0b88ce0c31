-- name: list_templates
select t.id, t.buyer_id, t.seller_id, s.name as seller_name, t.name, t.lines, t.saved_at, t.version
from orders.template as t
join network.organization as s on s.id = t.seller_id
where t.deleted_at is null and (%(seller_id)s::int is null or t.seller_id = %(seller_id)s)
  and (%(q)s::text is null or t.name ilike %(q)s)
  and t.buyer_id = %(organization_id)s -- scope

-- name: find_template
select t.id, t.buyer_id, t.seller_id, s.name as seller_name, t.name, t.lines, t.saved_at, t.version
from orders.template as t
join network.organization as s on s.id = t.seller_id
where t.cell_id = %(cell_id)s and t.id = %(id)s and (t.deleted_at is not null) = %(is_deleted)s
  and t.buyer_id = %(organization_id)s -- scope

-- name: insert_template
insert into orders.template (cell_id, id, buyer_id, seller_id, name, lines, saved_by, saved_at)
values (%(cell_id)s, %(id)s, %(buyer_id)s, %(seller_id)s, %(name)s, %(lines)s, %(saved_by)s, %(now)s)
on conflict (cell_id, buyer_id, seller_id, name) where deleted_at is null do nothing

-- name: update_template
update orders.template as t
set name = %(name)s, lines = %(lines)s, saved_by = %(saved_by)s, saved_at = %(now)s, version = t.version + 1
where t.cell_id = %(cell_id)s and t.id = %(id)s and t.version = %(version)s

-- name: other_template_named
select t.id from orders.template as t
where t.cell_id = %(cell_id)s and t.buyer_id = %(buyer_id)s and t.seller_id = %(seller_id)s and t.name = %(name)s
  and t.deleted_at is null and t.id <> %(id)s

-- name: mark_template
-- Delete a template or bring it back; both are a change like any other.
update orders.template as t set deleted_at = %(deleted_at)s, version = t.version + 1
where t.cell_id = %(cell_id)s and t.id = %(id)s

-- name: purge_templates
-- What was deleted long ago and no standing order names.
delete from orders.template as t
where t.deleted_at < %(before)s
  and not exists (select from orders.standing as s where s.cell_id = t.cell_id and s.template_id = t.id)

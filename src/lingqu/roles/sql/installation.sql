-- name: is_demo
select is_demo from runtime.installation

-- name: mark_demo
update runtime.installation set is_demo = true

-- name: is_filled
select demo_filled_at is not null from runtime.installation

-- name: mark_filled
update runtime.installation set demo_filled_at = %(now)s

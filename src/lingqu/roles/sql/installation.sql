-- name: is_demo
select is_demo from runtime.installation

-- name: mark_demo
update runtime.installation set is_demo = true

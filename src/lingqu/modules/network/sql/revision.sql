-- name: read_revision
select value from network.revision

-- name: renew_revision
update network.revision set value = %(value)s

-- name: read_revision
select value from identity.revision

-- name: renew_revision
update identity.revision set value = %(value)s

-- name: find_ended_sessions
select s.token_hash
from identity.session s
where s.ended_at >= %(since)s

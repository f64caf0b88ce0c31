-- name: take_turn
-- The first number keeps our turns apart from other users of advisory locks.
select pg_advisory_lock(8620, %(number)s)

-- name: end_turn
select pg_advisory_unlock(8620, %(number)s)

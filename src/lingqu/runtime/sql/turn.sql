-- name: take_turn
-- The first number keeps our turns apart from other users of advisory locks.
select pg_advisory_lock(8620, %(number)s)

-- name: await_cell
-- Until the transaction ends. In a statement of its own: what comes after it looks when the lock is there, not before.
select pg_advisory_xact_lock(8621, %(cell_id)s)

-- name: end_turn
select pg_advisory_unlock(8620, %(number)s)

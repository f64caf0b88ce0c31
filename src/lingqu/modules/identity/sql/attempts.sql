-- name: find_lock
select locked_until from identity.attempt
where cell_id = %(cell_id)s and login_hash = %(login_hash)s and locked_until > %(now)s

-- name: count_attempt
-- Counted before the password is looked at, so that parallel guesses wait for each other and all count.
insert into identity.attempt as a (cell_id, login_hash, failed_count, failed_at)
values (%(cell_id)s, %(login_hash)s, 1, %(now)s)
on conflict (cell_id, login_hash) do update
set failed_count = case when a.failed_at < %(forgotten_at)s then 1 else a.failed_count + 1 end, failed_at = %(now)s
returning failed_count

-- name: lock_attempt
update identity.attempt set locked_until = %(locked_until)s
where cell_id = %(cell_id)s and login_hash = %(login_hash)s

-- name: forget_attempts
delete from identity.attempt where cell_id = %(cell_id)s and login_hash = %(login_hash)s

-- name: forget_old_attempts
delete from identity.attempt where failed_at < %(forgotten_at)s

-- name: claim_key
insert into runtime.idempotency (cell_id, actor, key, body_hash, status, answer, recorded_at)
values (%(cell_id)s, %(actor)s, %(key)s, %(body_hash)s, 0, '', %(now)s)
on conflict (cell_id, actor, key) do nothing

-- name: find_answer
select body_hash, status, answer from runtime.idempotency
where cell_id = %(cell_id)s and actor = %(actor)s and key = %(key)s

-- name: store_answer
update runtime.idempotency set status = %(status)s, answer = %(answer)s
where cell_id = %(cell_id)s and actor = %(actor)s and key = %(key)s

-- name: drop_old_answers
delete from runtime.idempotency
where cell_id = %(cell_id)s
  and (actor, key) in (
      select i.actor, i.key from runtime.idempotency as i
      where i.cell_id = %(cell_id)s and i.recorded_at < %(before)s
      limit %(limit)s
  )

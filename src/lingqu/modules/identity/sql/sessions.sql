-- name: add_session
insert into identity.session
    (cell_id, id, token_hash, user_id, party_id, started_at, seen_at, expires_at, address, user_agent)
select p.home_cell, %(id)s, %(token_hash)s, %(user_id)s, %(party_id)s, %(now)s, %(now)s, %(expires_at)s,
       %(address)s, %(user_agent)s
from identity.party p
where p.id = %(party_id)s and p.home_cell = %(cell_id)s

-- name: find_opener
select u.login, u.name, u.language, p.home_cell
from identity.user u, identity.party p
where u.id = %(user_id)s and p.id = %(party_id)s

-- name: find_sessions
-- The live sessions of active users for open parties, with what their roles there allow.
select s.token_hash, s.cell_id, s.id, s.user_id, u.name as user_name, s.party_id, s.seen_at, s.expires_at,
       array(select distinct permission
             from identity.assignment a
             join identity.role r on r.id = a.role_id
             cross join unnest(r.permissions) as permission
             where a.user_id = s.user_id and a.party_id = s.party_id) as permissions
from unnest(%(cell_ids)s::int[], %(token_hashes)s::bytea[]) as t (cell_id, token_hash)
join identity.session s on s.cell_id = t.cell_id and s.token_hash = t.token_hash
join identity.user u on u.id = s.user_id and u.status = 'active'
join identity.party p on p.id = s.party_id and p.is_open
where s.ended_at is null and s.expires_at > %(now)s

-- name: touch_session
update identity.session set seen_at = %(now)s, expires_at = least(%(now)s::timestamptz + %(idle)s::interval, started_at + %(longest)s::interval)
where cell_id = %(cell_id)s and id = any(%(ids)s)

-- name: find_own_sessions
select s.id, s.party_id, p.name as organization_name, s.started_at, s.seen_at, s.expires_at, s.address, s.user_agent,
       s.token_hash = %(token_hash)s as is_current
from identity.session s
join identity.party p on p.id = s.party_id
where s.ended_at is null and s.expires_at > %(now)s
  and s.user_id = %(user_id)s -- scope

-- name: end_own_session
update identity.session set ended_at = %(now)s
where id = %(id)s and ended_at is null
  and user_id = %(user_id)s -- scope
returning cell_id

-- name: end_session_by_token
update identity.session set ended_at = %(now)s
where cell_id = %(cell_id)s and token_hash = %(token_hash)s and ended_at is null
returning id

-- name: end_user_sessions
-- party_id null: for every party; kept_hash null: none is kept.
update identity.session set ended_at = %(now)s
where user_id = %(user_id)s and ended_at is null
  and (%(party_id)s::uuid is null or party_id = %(party_id)s)
  and (%(kept_hash)s::bytea is null or token_hash <> %(kept_hash)s)

-- name: end_party_sessions
update identity.session set ended_at = %(now)s where party_id = %(party_id)s and ended_at is null

-- name: find_resettable
-- An active user with an address and a place to work; nobody who asked within the last minutes.
select u.id as user_id, u.login, u.name, u.email, u.language, p.home_cell
from identity.user u
join identity.assignment a on a.user_id = u.id
join identity.party p on p.id = a.party_id and p.is_open
where u.login = %(login)s and u.status = 'active' and u.email is not null and u.email <> ''
  and not exists (
      select from identity.password_reset r
      where r.cell_id = p.home_cell and r.user_id = u.id and r.used_at is null and r.asked_at > %(recent)s)
order by a.assigned_at, p.id
limit 1

-- name: add_reset
insert into identity.password_reset (cell_id, id, token_hash, user_id, asked_at, expires_at)
values (%(cell_id)s, %(id)s, %(token_hash)s, %(user_id)s, %(now)s, %(expires_at)s)

-- name: use_reset
update identity.password_reset r set used_at = %(now)s
from identity.user u
where u.id = r.user_id and u.status = 'active'
  and r.cell_id = %(cell_id)s and r.token_hash = %(token_hash)s and r.used_at is null and r.expires_at > %(now)s
returning u.id as user_id, u.login

-- name: list_delegations
-- What one user of a party has handed over and was handed.
select d.id, d.from_user_id, f.name as from_name, d.to_user_id, t.name as to_name, d.valid_from, d.valid_until,
       d.reason, d.made_at, d.revoked_at
from approval.delegation as d
join identity.user as f on f.id = d.from_user_id
join identity.user as t on t.id = d.to_user_id
where d.party_id = %(party_id)s and %(user_id)s in (d.from_user_id, d.to_user_id) -- scope
  and (%(id)s::int is null or d.id = %(id)s)

-- name: add_delegation
insert into approval.delegation (party_id, from_user_id, to_user_id, valid_from, valid_until, reason, made_at)
values (%(party_id)s, %(user_id)s, %(to_user_id)s, %(valid_from)s, %(valid_until)s, %(reason)s, %(now)s)
returning id

-- name: revoke_delegation
update approval.delegation as d set revoked_at = %(now)s
where d.id = %(id)s and d.party_id = %(party_id)s and d.from_user_id = %(user_id)s and d.revoked_at is null

-- name: list_colleagues
select distinct u.id, u.name, u.sort_key
from identity.assignment as a
join identity.user as u on u.id = a.user_id and u.status = 'active'
where a.party_id = %(party_id)s and u.id <> %(user_id)s and (%(id)s::int is null or u.id = %(id)s)
order by u.sort_key, u.id
limit 1000

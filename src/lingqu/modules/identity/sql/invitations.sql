-- name: add_invitation
insert into identity.invitation
    (cell_id, id, token_hash, party_id, role_ids, name, email, invited_by, invited_at, expires_at)
values (%(cell_id)s, %(id)s, %(token_hash)s, %(party_id)s, %(role_ids)s, %(name)s, %(email)s, %(invited_by)s, %(now)s,
        %(expires_at)s)

-- name: accept_invitation
-- Compare-and-set: of two who hold the same link, one gets in.
update identity.invitation set accepted_at = %(now)s
where cell_id = %(cell_id)s and token_hash = %(token_hash)s
  and accepted_at is null and revoked_at is null and expires_at > %(now)s
returning id, party_id, role_ids, name, email

-- name: note_accepted_by
update identity.invitation set user_id = %(user_id)s where cell_id = %(cell_id)s and id = %(id)s

-- name: list_invitations
select i.id, i.party_id, p.name as organization_name, i.role_ids, i.name, i.email, i.invited_at, i.expires_at,
       case when i.accepted_at is not null then 'accepted'
            when i.revoked_at is not null then 'revoked'
            when i.expires_at <= %(now)s then 'expired'
            else 'open' end as state
from identity.invitation i
join identity.party p on p.id = i.party_id
where i.cell_id = any(%(cell_ids)s)
  and (%(is_whole)s or i.party_id = any(%(party_ids)s)) -- scope

-- name: revoke_invitation
update identity.invitation i set revoked_at = %(now)s
where i.cell_id = any(%(cell_ids)s) and i.id = %(id)s and i.accepted_at is null and i.revoked_at is null
  and (%(is_whole)s or i.party_id = any(%(party_ids)s)) -- scope
returning i.cell_id

-- name: find_party
select id, name, home_cell from identity.party where id = %(party_id)s and is_open

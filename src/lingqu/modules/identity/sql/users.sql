-- name: add_users
-- Returns ids with logins: the order of an insert's answer is not promised.
insert into identity.user (login, name, phone, email, language, password_hash, sort_key, created_at)
select u.login, u.name, u.phone, u.email, u.language, u.password_hash, u.sort_key, %(now)s
from unnest(%(login)s::text[], %(name)s::text[], %(phone)s::text[], %(email)s::text[], %(language)s::text[],
            %(password_hash)s::text[], %(sort_key)s::text[])
     as u (login, name, phone, email, language, password_hash, sort_key)
on conflict (login) do nothing
returning login, id

-- name: add_assignments
insert into identity.assignment (user_id, party_id, role_id, assigned_at)
select a.user_id, a.party_id, a.role_id, %(now)s
from unnest(%(user_id)s::int[], %(party_id)s::uuid[], %(role_id)s::int[]) as a (user_id, party_id, role_id)
on conflict do nothing

-- name: find_credentials
-- The parties a user may act for, the first assigned first.
select u.id as user_id, u.password_hash,
       array(select a.party_id from identity.assignment a
             join identity.party p on p.id = a.party_id and p.is_open
             where a.user_id = u.id group by a.party_id order by min(a.assigned_at), a.party_id) as party_ids
from identity.user u
where u.login = %(login)s and u.status = 'active'

-- name: find_password
select login, password_hash from identity.user where id = %(user_id)s for update

-- name: set_password
update identity.user set password_hash = %(password_hash)s, version = version + 1 where id = %(user_id)s

-- name: find_me
select u.id as user_id, u.login, u.name, u.phone, u.email, u.language, u.version, p.name as organization_name
from identity.user u, identity.party p
where u.id = %(user_id)s and p.id = %(party_id)s

-- name: find_memberships
select p.id as party_id, p.name
from identity.party p
where p.is_open and exists (
    select 1 from identity.assignment a where a.party_id = p.id and a.user_id = %(user_id)s)
order by p.name, p.id

-- name: edit_me
update identity.user
set name = coalesce(%(name)s, name), phone = coalesce(%(phone)s, phone), email = coalesce(%(email)s, email),
    language = coalesce(%(language)s, language), sort_key = coalesce(%(sort_key)s, sort_key), version = version + 1
where id = %(user_id)s and version = %(version)s

-- name: find_login
select u.id, a.party_id
from identity.user u
join identity.assignment a on a.user_id = u.id
where u.login = %(login)s
order by a.assigned_at, a.party_id
limit 1

-- name: list_users
-- Users of the caller's organization and of those below it, each with its roles there.
select u.id, u.login, u.name, u.phone, u.email, u.status, u.sort_key,
       jsonb_agg(jsonb_build_object(
           'party_id', a.party_id, 'organization_name', p.name, 'role_id', r.id, 'code', r.code,
           'name_zh', r.name_zh, 'name_en', r.name_en) order by p.name, r.id) as roles
from identity.user u
join identity.assignment a on a.user_id = u.id
join identity.party p on p.id = a.party_id
join identity.role r on r.id = a.role_id
where (%(party_id)s::uuid is null or a.party_id = %(party_id)s)
  and (%(role_id)s::int is null or exists (
       select from identity.assignment h
       where h.user_id = u.id and h.party_id = a.party_id and h.role_id = %(role_id)s))
  and (%(status)s::text is null or u.status = %(status)s)
  and (%(text)s::text is null or strpos(lower(u.name), lower(%(text)s)) > 0
       or strpos(u.login, lower(%(text)s)) > 0 or strpos(u.sort_key, lower(%(text)s)) > 0)
  and (%(is_whole)s or a.party_id = any(%(party_ids)s)) -- scope
group by u.id

-- name: read_own_user
-- A user with a role in the caller's own organization.
select u.id, u.login, u.name, u.phone, u.email, u.status,
       (select jsonb_agg(jsonb_build_object(
            'party_id', a.party_id, 'organization_name', p.name, 'role_id', r.id, 'code', r.code,
            'name_zh', r.name_zh, 'name_en', r.name_en) order by r.id)
        from identity.assignment a
        join identity.party p on p.id = a.party_id
        join identity.role r on r.id = a.role_id
        where a.user_id = u.id and a.party_id = %(party_id)s) as roles
from identity.user u
where u.id = %(id)s
  and exists (select from identity.assignment a where a.user_id = u.id and a.party_id = %(party_id)s) -- scope

-- name: lock_assignments
-- Serialises changes of who holds what in an organization.
select id from identity.party where id = %(party_id)s for update

-- name: remove_assignments
delete from identity.assignment where user_id = %(user_id)s and party_id = %(party_id)s

-- name: count_managers
select count(distinct a.user_id)
from identity.assignment a
join identity.role r on r.id = a.role_id and r.party_id is null and r.code = 'manager'
join identity.user u on u.id = a.user_id and u.status = 'active'
where a.party_id = %(party_id)s

-- name: count_parties
select count(distinct party_id) from identity.assignment where user_id = %(user_id)s

-- name: set_user_status
update identity.user set status = %(status)s, version = version + 1
where id = %(user_id)s and status <> %(status)s

-- name: users_with
select distinct a.user_id
from identity.assignment a
join identity.role r on r.id = a.role_id and %(permission)s = any(r.permissions)
join identity.user u on u.id = a.user_id and u.status = 'active'
where a.party_id = %(party_id)s
order by a.user_id

-- name: holds_role
select exists (
    select from identity.assignment as a
    where a.user_id = %(user_id)s and a.party_id = %(party_id)s and a.role_id = %(role_id)s)

-- name: find_delegators
-- For whom a user may decide now on a level: they hold its right themselves, by a role of their own.
select d.from_user_id as id, u.name
from approval.delegation as d
join identity.user as u on u.id = d.from_user_id and u.status = 'active'
where d.to_user_id = %(user_id)s and d.party_id = %(party_id)s and d.revoked_at is null
  and d.valid_from <= %(now)s and %(now)s < d.valid_until
  and exists (select from identity.assignment as a
              join identity.role as r on r.id = a.role_id
              where a.user_id = d.from_user_id and a.party_id = d.party_id
                and case when %(role_id)s::int is null then %(permission)s = any (r.permissions)
                         else r.id = %(role_id)s end)
order by d.from_user_id

-- name: find_able
-- Who may decide on the level that waits: those with its right, and those to whom one of them has handed it.
with level as (
    select q.id, q.requested_by, q.level_parties[q.level] as party_id, q.level_permissions[q.level] as permission,
           q.level_roles[q.level] as role_id
    from approval.request as q
    where q.kind = %(kind)s and (q.object_id = %(object_id)s::int or q.object_uuid = %(object_uuid)s::uuid)
      and q.state = 'waiting'
), used as (
    select unnest(array[d.user_id, d.for_user_id]) as user_id from approval.decision as d
    where d.request_id = (select id from level)
), able as (
    select distinct a.user_id
    from level as l
    join identity.assignment as a on a.party_id = l.party_id
    join identity.role as r on r.id = a.role_id
    join identity.user as u on u.id = a.user_id and u.status = 'active'
    where case when l.role_id is null then l.permission = any (r.permissions) else r.id = l.role_id end
      and a.user_id is distinct from l.requested_by
      and a.user_id not in (select user_id from used where user_id is not null)
)
select a.user_id from able as a
union
select d.to_user_id
from level as l
join approval.delegation as d on d.party_id = l.party_id and d.revoked_at is null
    and d.valid_from <= %(now)s and %(now)s < d.valid_until
join able as a on a.user_id = d.from_user_id
join identity.user as u on u.id = d.to_user_id and u.status = 'active'
where d.to_user_id is distinct from l.requested_by
  and d.to_user_id not in (select user_id from used where user_id is not null)
order by 1

-- name: list_to_do
-- What waits for one user of a party: by a right of its own, else by one that a colleague has handed over.
select distinct on (w.id) w.id, q.kind, coalesce(q.object_uuid::text, q.object_id::text) as object_id, q.subject, q.reason,
       q.level, cardinality(q.level_parties) as level_count, b.name as requester_name, p.name as organization_name,
       q.requested_at, q.expires_at, f.name as for_name
from (
    select q.id, null::int as for_user_id
    from approval.request as q
    where q.state = 'waiting' and q.level_parties[q.level] = %(party_id)s
      and case when q.level_roles[q.level] is null then q.level_permissions[q.level] = any (%(permissions)s::text[])
               else exists (select from identity.assignment as a
                            where a.user_id = %(user_id)s and a.party_id = %(party_id)s
                              and a.role_id = q.level_roles[q.level]) end
    union all
    select q.id, d.from_user_id
    from approval.delegation as d
    join identity.user as u on u.id = d.from_user_id and u.status = 'active'
    join approval.request as q on q.state = 'waiting' and q.level_parties[q.level] = d.party_id
    where d.to_user_id = %(user_id)s and d.party_id = %(party_id)s and d.revoked_at is null
      and d.valid_from <= %(now)s and %(now)s < d.valid_until
      and q.requested_by is distinct from d.from_user_id
      and exists (select from identity.assignment as a
                  join identity.role as r on r.id = a.role_id
                  where a.user_id = d.from_user_id and a.party_id = d.party_id
                    and case when q.level_roles[q.level] is null then q.level_permissions[q.level] = any (r.permissions)
                             else r.id = q.level_roles[q.level] end)
      and not exists (select from approval.decision as e
                      where e.request_id = q.id and d.from_user_id in (e.user_id, e.for_user_id))
) as w
join approval.request as q on q.id = w.id
join identity.party as p on p.id = q.party_id
left join identity.user as b on b.id = q.requested_by
left join identity.user as f on f.id = w.for_user_id
where q.requested_by is distinct from %(user_id)s
  and (q.expires_at is null or q.expires_at > %(now)s)
  and not exists (select from approval.decision as e
                  where e.request_id = q.id and %(user_id)s in (e.user_id, e.for_user_id))
  and (%(kind)s::text is null or q.kind = %(kind)s)
order by w.id, w.for_user_id nulls first

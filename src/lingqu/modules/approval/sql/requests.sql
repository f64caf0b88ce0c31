-- name: add_request
insert into approval.request
    (kind, object_id, object_uuid, party_id, requested_by, reason, level_parties, level_permissions, level_roles,
     subject, expires_at, requested_at)
values (%(kind)s, %(object_id)s, %(object_uuid)s, %(party_id)s, %(requested_by)s, %(reason)s, %(level_parties)s::uuid[],
        %(level_permissions)s::text[], %(level_roles)s::int[], %(subject)s, %(expires_at)s, %(now)s)
returning id

-- name: lock_request
-- The newest request about an object, locked: decisions come one after the other.
select q.id, q.state, q.level, q.level_parties, q.level_permissions, q.level_roles, q.requested_by
from approval.request as q
where q.kind = %(kind)s and (q.object_id = %(object_id)s::int or q.object_uuid = %(object_uuid)s::uuid)
order by q.id desc limit 1
for update

-- name: find_waiting
select q.id, q.state, q.level, q.level_parties, q.level_permissions, q.level_roles, q.requested_by
from approval.request as q
where q.kind = %(kind)s and (q.object_id = %(object_id)s::int or q.object_uuid = %(object_uuid)s::uuid)
  and q.state = 'waiting'

-- name: find_deciders
-- Whose rights a request has used: those who decided, and those for whom they did.
select d.user_id from approval.decision as d where d.request_id = %(request_id)s
union
select d.for_user_id from approval.decision as d where d.request_id = %(request_id)s and d.for_user_id is not null

-- name: add_decision
insert into approval.decision (request_id, level, is_approved, user_id, actor_name, for_user_id, party_id, reason, decided_at)
values (%(request_id)s, %(level)s, %(is_approved)s, %(user_id)s, %(actor_name)s, %(for_user_id)s, %(party_id)s, %(reason)s, %(now)s)

-- name: move_request
update approval.request set state = %(state)s, level = %(level)s where id = %(id)s

-- name: end_requests
update approval.request as q set state = %(state)s
where q.kind = %(kind)s and q.object_uuid = any (%(object_uuids)s::uuid[]) and q.state = 'waiting'

-- name: find_request
select q.id, q.state, q.level, cardinality(q.level_parties) as level_count, q.level_parties, q.party_id, q.requested_by,
       u.name as requester_name, q.reason, q.requested_at, q.expires_at,
       coalesce((
           select jsonb_agg(jsonb_build_object(
               'level', d.level, 'is_approved', d.is_approved, 'user_name', coalesce(du.name, d.actor_name),
               'for_name', (select f.name from identity.user as f where f.id = d.for_user_id),
               'organization_name', dp.name, 'reason', d.reason, 'decided_at', d.decided_at) order by d.level)
           from approval.decision d
           left join identity.user du on du.id = d.user_id
           join identity.party dp on dp.id = d.party_id
           where d.request_id = q.id), '[]') as decisions
from approval.request q
left join identity.user u on u.id = q.requested_by
where q.kind = %(kind)s and (q.object_id = %(object_id)s::int or q.object_uuid = %(object_uuid)s::uuid)
order by q.id desc limit 1

-- name: restate_request
update approval.request as q set subject = %(subject)s
where q.kind = %(kind)s and (q.object_id = %(object_id)s::int or q.object_uuid = %(object_uuid)s::uuid)
  and q.state = 'waiting'

-- name: list_waiting
-- A level waits since the one below was decided, the first since it was asked.
select q.id, q.kind, q.object_id as object_number, q.object_uuid, q.level, q.level_parties[q.level] as party_id, q.subject,
       s.since
from approval.request as q
cross join lateral (
    select coalesce(max(d.decided_at), q.requested_at) as since
    from approval.decision as d where d.request_id = q.id) as s
where q.state = 'waiting' and q.id > %(after_id)s and q.requested_at <= %(before)s and s.since <= %(before)s
  and (q.expires_at is null or q.expires_at > %(now)s)
order by q.id
limit %(limit)s

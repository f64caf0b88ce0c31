-- name: add_request
insert into approval.request (kind, object_id, party_id, requested_by, reason, level_parties, requested_at)
values (%(kind)s, %(object_id)s, %(party_id)s, %(requested_by)s, %(reason)s, %(level_parties)s, %(now)s)
returning id

-- name: lock_request
-- The newest request about an object, locked: decisions come one after the other.
select id, state, level, level_parties, requested_by
from approval.request
where kind = %(kind)s and object_id = %(object_id)s
order by id desc limit 1
for update

-- name: find_deciders
select user_id from approval.decision where request_id = %(request_id)s

-- name: add_decision
insert into approval.decision (request_id, level, is_approved, user_id, party_id, reason, decided_at)
values (%(request_id)s, %(level)s, %(is_approved)s, %(user_id)s, %(party_id)s, %(reason)s, %(now)s)

-- name: move_request
update approval.request set state = %(state)s, level = %(level)s where id = %(id)s

-- name: find_request
select q.id, q.state, q.level, cardinality(q.level_parties) as level_count, q.level_parties, q.party_id, q.requested_by,
       u.name as requester_name, q.reason, q.requested_at,
       coalesce((
           select jsonb_agg(jsonb_build_object(
               'level', d.level, 'is_approved', d.is_approved, 'user_name', du.name, 'organization_name', dp.name,
               'reason', d.reason, 'decided_at', d.decided_at) order by d.level)
           from approval.decision d
           join identity.user du on du.id = d.user_id
           join identity.party dp on dp.id = d.party_id
           where d.request_id = q.id), '[]') as decisions
from approval.request q
left join identity.user u on u.id = q.requested_by
where q.kind = %(kind)s and q.object_id = %(object_id)s
order by q.id desc limit 1

-- name: list_members
select m.id, m.cell_id, m.code, m.phone, m.name, m.status, m.registered_by, o.name as registered_by_name,
       m.registered_at, m.sort_key, m.version,
       coalesce((select sum(b.posted - b.held) from ledger.account as a
                 join ledger.balance as b on b.cell_id = a.cell_id and b.account_id = a.id
                 where a.cell_id = m.cell_id and a.owner = m.id and a.kind = 'points'), 0)::bigint as points
from membership.member as m
join network.organization as o on o.id = m.registered_by
where m.status = 'active'
  and (%(id)s::uuid is null or m.id = %(id)s)
  and (%(phone)s::text is null or m.phone = %(phone)s)
  and (%(keys)s::text[] is null or m.search @> %(keys)s)
  and (%(organization_id)s::int is null or exists (
      select from membership.enrolment as e
      where e.cell_id = m.cell_id and e.member_id = m.id and e.organization_id = %(organization_id)s))
  and (%(is_whole)s or exists (select from membership.enrolment as e where e.cell_id = m.cell_id and e.member_id = m.id and e.organization_id = any (%(organization_ids)s))) -- scope

-- name: insert_members
insert into membership.member
    (cell_id, id, code, phone, name, registered_by, registered_at, sort_key, search)
select %(cell_id)s, n.id, n.code, n.phone, n.name, n.organization_id, %(now)s, n.sort_key, string_to_array(n.search, ' ')
from unnest(%(id)s::uuid[], %(code)s::text[], %(phone)s::text[], %(name)s::text[], %(organization_id)s::int[],
            %(sort_key)s::text[], %(search)s::text[])
     as n (id, code, phone, name, organization_id, sort_key, search)
on conflict (cell_id, phone) do nothing

-- name: insert_enrolments
insert into membership.enrolment (cell_id, member_id, organization_id, enrolled_at, enrolled_by)
select %(cell_id)s, n.member_id, n.organization_id, %(now)s, %(user_id)s::int
from unnest(%(member_id)s::uuid[], %(organization_id)s::int[]) as n (member_id, organization_id)
on conflict (cell_id, member_id, organization_id) do nothing

-- name: find_by_phone
select m.id from membership.member as m
where m.cell_id = %(cell_id)s and m.phone = %(phone)s and m.status = 'active'

-- name: rename_member
update membership.member
set name = %(name)s, sort_key = %(sort_key)s, search = %(search)s::text[], version = version + 1
where cell_id = %(cell_id)s and id = %(id)s and version = %(version)s

-- name: find_programs
-- The top of the tree each organization stands in, the platform not counted.
with recursive up as (
    select o.id as asked, o.id, o.parent_id, o.party_id, o.home_cell, o.time_zone, 0 as height
    from network.organization as o where o.id = any (%(organization_ids)s::int[])
    union all
    select u.asked, o.id, o.parent_id, o.party_id, o.home_cell, o.time_zone, u.height + 1
    from up as u join network.organization as o on o.id = u.parent_id and o.kind <> 'platform'
)
select distinct on (u.asked) u.asked, u.id, u.party_id, u.home_cell, u.time_zone
from up as u
order by u.asked, u.height desc

-- name: list_points
-- The member is one that the caller may see.
select p.entry_id || '-' || lpad(p.line_no::text, 5, '0') as id, p.points, e.document_kind, e.document_id, e.memo,
       e.business_on, e.recorded_at, u.name as user_name
from ledger.account as a
cross join lateral (
    select q.cell_id, q.entry_id, q.line_no, q.amount as points from ledger.posting as q
    where q.cell_id = a.cell_id and q.credit = a.id
    union all
    select q.cell_id, q.entry_id, q.line_no, -q.amount from ledger.posting as q
    where q.cell_id = a.cell_id and q.debit = a.id
) as p
join ledger.entry as e on e.cell_id = p.cell_id and e.id = p.entry_id and e.state = 'posted'
left join identity.user as u on u.id = e.user_id
where a.cell_id = %(cell_id)s and a.owner = %(member_id)s and a.kind = 'points'

-- name: find_member_cells
select m.id, m.cell_id from membership.member as m where m.id = any (%(ids)s::uuid[])

-- name: add_notices
insert into notice.notice (cell_id, id, user_id, party_id, kind, title_zh, title_en, path, told_at)
select %(cell_id)s, n.id, n.user_id, %(party_id)s, %(kind)s, %(title_zh)s, %(title_en)s, %(path)s, %(now)s
from unnest(%(id)s::uuid[], %(user_id)s::int[]) as n (id, user_id)

-- name: list_notices
select n.id, n.kind, n.title_zh, n.title_en, n.path, n.told_at, n.read_at
from notice.notice n
where n.cell_id = %(cell_id)s
  and (not %(is_unread)s or n.read_at is null)
  and n.user_id = %(user_id)s and n.party_id = %(party_id)s -- scope

-- name: count_unread
select count(*) from notice.notice n
where n.cell_id = %(cell_id)s and n.read_at is null
  and n.user_id = %(user_id)s and n.party_id = %(party_id)s

-- name: read_notice
update notice.notice n set read_at = %(now)s
where n.cell_id = %(cell_id)s and n.id = %(id)s
  and n.user_id = %(user_id)s and n.party_id = %(party_id)s -- scope

-- name: read_notices
update notice.notice n set read_at = %(now)s
where n.cell_id = %(cell_id)s and n.read_at is null and n.user_id = %(user_id)s and n.party_id = %(party_id)s

-- name: add_parties
insert into identity.party (id, kind, home_cell, name)
select p.id, p.kind, p.home_cell, p.name
from unnest(%(id)s::uuid[], %(kind)s::text[], %(home_cell)s::int[], %(name)s::text[]) as p (id, kind, home_cell, name)

-- name: rename_party
update identity.party set name = %(name)s where id = %(party_id)s

-- name: close_party
update identity.party set is_open = false where id = %(party_id)s

-- name: home_cell_of
select home_cell from identity.party where id = %(party_id)s

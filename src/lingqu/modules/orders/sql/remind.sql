-- name: find_places
-- Where people are at home, and by which clock they work.
select o.party_id, o.home_cell as cell_id, o.time_zone
from network.organization as o
where o.party_id = any (%(party_ids)s)

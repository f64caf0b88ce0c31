-- name: lock_free
select key, free from stock.lock_v1(%(cell_id)s, %(key)s::bigint[], %(business_on)s)

-- name: reserve
select stock.reserve_v1(%(cell_id)s, %(key)s::bigint[], %(need)s::bigint[], %(document_id)s::uuid[],
                        %(line_no)s::smallint[], %(line_key)s::bigint[], %(line_quantity)s::bigint[],
                        %(expires_at)s::timestamptz[])

-- name: release
select document_id, key, quantity from stock.release_v1(%(cell_id)s, %(document_id)s::uuid[])

-- name: find_expired
select document_id from stock.expired_v1(%(cell_id)s, %(key)s::bigint[], %(now)s)

-- name: expired_documents
select r.document_id
from stock.reservation as r
where r.cell_id = %(cell_id)s and r.quantity > 0 and r.expires_at <= %(now)s
group by r.document_id
order by min(r.expires_at), r.document_id
limit %(limit)s

-- name: unreserve
select stock.unreserve_v1(%(cell_id)s, %(key)s::bigint[], %(less)s::bigint[], %(document_id)s::uuid[],
                          %(line_no)s::smallint[], %(line_key)s::bigint[], %(quantity)s::bigint[])

-- name: keep
update stock.reservation as r set expires_at = null
where r.cell_id = %(cell_id)s and r.document_id = any (%(document_id)s::uuid[]) and r.expires_at is not null

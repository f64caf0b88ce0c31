-- name: lock_free
select key, free from stock.lock_v1(%(cell_id)s, %(key)s::bigint[], %(business_on)s)

-- name: find_free
-- What lock_v1 tells, without locks and with the day on which the next lot expires: to choose by, not to promise by.
select b.key,
       greatest(b.on_hand - b.reserved - case when b.next_expiry_on <= %(business_on)s then coalesce((
           select sum(l.on_hand)::bigint from stock.lot_balance as l
           where l.cell_id = b.cell_id and l.key = b.key and l.expires_on <= %(business_on)s), 0) else 0 end, 0) as free,
       b.next_expiry_on
from stock.balance as b
where b.cell_id = %(cell_id)s and b.key = any (%(key)s::bigint[])

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

-- name: load_reservations
copy stock.reservation (cell_id, document_id, line_no, key, quantity, expires_at) from stdin (format binary)

-- name: insert_accounts
insert into ledger.account (cell_id, id, kind, owner, counterparty, peer_cell, currency, opened_at)
select %(cell_id)s, a.id, a.kind, a.owner, a.counterparty, a.peer_cell, a.currency, %(now)s
from unnest(%(id)s::uuid[], %(kind)s::text[], %(owner)s::uuid[], %(counterparty)s::uuid[], %(peer_cell)s::int[],
            %(currency)s::text[]) as a (id, kind, owner, counterparty, peer_cell, currency)
on conflict (cell_id, id) do nothing

-- name: insert_balances
insert into ledger.balance (cell_id, account_id, floor, wanted_floor)
select %(cell_id)s, a.id, a.floor, a.floor
from unnest(%(id)s::uuid[], %(floor)s::bigint[]) as a (id, floor)
on conflict (cell_id, account_id) do nothing

-- name: set_floors
select ledger.set_floor_v1(%(cell_id)s, %(account_id)s::uuid[], %(floor)s::bigint[])

-- name: lock_accounts
select account_id, available from ledger.lock_v1(%(cell_id)s, %(account_id)s::uuid[])

-- name: find_available
-- What lock_v1 tells, without locks.
select b.account_id, coalesce(b.posted - b.held - b.floor, 9223372036854775807) as available
from ledger.balance as b
where b.cell_id = %(cell_id)s and b.account_id = any (%(account_id)s::uuid[])

-- name: lock_floored
-- Accounts without a floor are not locked: what changes them goes to ledger.delta.
select b.account_id, b.posted - b.held - b.floor as available
from ledger.balance as b
where b.cell_id = %(cell_id)s and b.account_id = any (%(account_id)s::uuid[]) and b.floor is not null
order by b.account_id
for update

-- name: hold
select ledger.hold_v1(%(cell_id)s, %(account_id)s::uuid[], %(need)s::bigint[], %(document_id)s::uuid[],
                      %(hold_account_id)s::uuid[], %(amount)s::bigint[], %(expires_at)s::timestamptz[])

-- name: void
select document_id, account_id, amount from ledger.void_v1(%(cell_id)s, %(document_id)s::uuid[])

-- name: settle
select ledger.settle_v1(%(cell_id)s, %(account_id)s::uuid[], %(less)s::bigint[], %(document_id)s::uuid[],
                        %(hold_account_id)s::uuid[], %(amount)s::bigint[])

-- name: post
select ledger.post_v2(
    %(cell_id)s, %(now)s, %(account_id)s::uuid[], %(change)s::bigint[],
    %(delta_id)s::uuid[], %(delta_account_id)s::uuid[], %(delta_amount)s::bigint[],
    %(entry_id)s::uuid[], %(kind)s::text[], %(state)s::text[], %(document_kind)s::text[], %(document_id)s::uuid[],
    %(reverses)s::uuid[], %(memo)s::text[], %(business_on)s::date[],
    %(user_id)s::int[], %(posting_entry_id)s::uuid[], %(line_no)s::smallint[], %(debit)s::uuid[], %(credit)s::uuid[], %(amount)s::bigint[])

-- name: fold
select ledger.fold_v1(%(cell_id)s, %(limit)s)

-- name: keep
update ledger.hold as h set expires_at = null
where h.cell_id = %(cell_id)s and h.document_id = any (%(document_id)s::uuid[]) and h.expires_at is not null

-- name: tighten
-- Accounts that are over their limit give back what was freed; the caller holds their rows.
update ledger.balance as b set floor = least(b.wanted_floor, b.posted - b.held), version = b.version + 1
where b.cell_id = %(cell_id)s and b.account_id = any (%(account_id)s::uuid[]) and b.floor < b.wanted_floor

-- name: load_holds
copy ledger.hold (cell_id, document_id, account_id, amount, expires_at) from stdin (format binary)

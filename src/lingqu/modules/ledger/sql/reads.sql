-- name: list_accounts
select s.id, s.cell_id, s.cell_id || '-' || s.id as key, s.kind, s.side, s.currency, s.owner, s.owner_id, s.owner_name,
       s.owner_name_en, coalesce(s.owner_key, '') as owner_key, s.counterparty, s.counterparty_id, s.counterparty_name,
       s.counterparty_name_en, coalesce(s.counterparty_key, '') as counterparty_key, s.peer_cell,
       case s.side when 'owner' then s.posted else -s.posted end as balance_minor, s.held as held_minor,
       s.posted - s.held - s.floor as available_minor, -s.wanted_floor as limit_minor, s.opened_at
from (
    select a.id, a.cell_id, a.kind, a.currency, a.owner, o.id as owner_id, coalesce(o.name, p.name) as owner_name,
           o.name_en as owner_name_en, o.sort_key as owner_key, a.counterparty, c.id as counterparty_id,
           coalesce(c.name, q.name) as counterparty_name, c.name_en as counterparty_name_en,
           c.sort_key as counterparty_key, a.peer_cell, a.opened_at, b.held, b.floor, b.wanted_floor,
           b.posted + coalesce((select sum(d.amount) from ledger.delta as d
                                where d.cell_id = a.cell_id and d.account_id = a.id), 0)::bigint as posted,
           case when a.owner = %(party_id)s then 'owner'
                when a.counterparty = %(party_id)s then 'counterparty'
                when a.owner = any (%(party_ids)s) or %(is_whole)s then 'owner'
                else 'counterparty' end as side
    from ledger.account as a
    join ledger.balance as b on b.cell_id = a.cell_id and b.account_id = a.id
    left join network.organization as o on o.party_id = a.owner
    left join network.organization as c on c.party_id = a.counterparty
    left join identity.party as p on p.id = a.owner
    left join identity.party as q on q.id = a.counterparty
    where (%(id)s::uuid is null or a.id = %(id)s)
      and (%(kind)s::text is null or a.kind = %(kind)s)
      and (%(currency)s::text is null or a.currency = %(currency)s)
      and (%(owner_id)s::int is null or o.id = %(owner_id)s)
      and (%(counterparty_id)s::int is null or c.id = %(counterparty_id)s)
      and (%(keys)s::text[] is null or o.search @> %(keys)s or c.search @> %(keys)s)
      and (%(is_whole)s or a.owner = any (%(party_ids)s) or a.counterparty = any (%(party_ids)s)) -- scope
) as s
where (%(side)s::text is null or s.side = %(side)s)

-- name: list_postings
-- The account is one that the caller may see. Balances run over all that was posted, whatever the filter.
select s.id, s.entry_id, s.kind, s.document_kind, s.document_id, s.memo, s.business_on, s.recorded_at, u.name as user_name,
       s.other_account_id, a.kind as other_kind, %(sign)s * s.amount as amount_minor,
       %(sign)s * s.balance as balance_minor
from (
    select p.entry_id || '-' || lpad(p.line_no::text, 5, '0') as id, p.cell_id, p.entry_id, e.kind, e.document_kind,
           e.document_id, e.memo, e.business_on, e.recorded_at, e.user_id, p.other_account_id, p.amount,
           sum(p.amount) over (order by e.recorded_at, p.entry_id, p.line_no)::bigint as balance
    from (
        select p.cell_id, p.entry_id, p.line_no, p.debit as other_account_id, p.amount
        from ledger.posting as p where p.cell_id = %(cell_id)s and p.credit = %(account_id)s
        union all
        select p.cell_id, p.entry_id, p.line_no, p.credit, -p.amount
        from ledger.posting as p where p.cell_id = %(cell_id)s and p.debit = %(account_id)s
    ) as p
    join ledger.entry as e on e.cell_id = p.cell_id and e.id = p.entry_id and e.state = 'posted'
) as s
join ledger.account as a on a.cell_id = s.cell_id and a.id = s.other_account_id
left join identity.user as u on u.id = s.user_id
where (%(from_on)s::date is null or s.business_on >= %(from_on)s)
  and (%(until_on)s::date is null or s.business_on < %(until_on)s)
  and (%(document_id)s::uuid is null or s.document_id = %(document_id)s)

-- name: list_entries
select e.id, e.cell_id, e.kind, e.state, e.document_kind, e.document_id, e.reverses, r.id as reversed_by, e.memo,
       e.business_on, e.recorded_at, u.name as user_name, p.amount_minor, p.currency
from ledger.entry as e
left join ledger.entry as r on r.cell_id = e.cell_id and r.reverses = e.id and r.state <> 'voided'
left join identity.user as u on u.id = e.user_id
cross join lateral (
    select sum(p.amount)::bigint as amount_minor, min(a.currency) as currency
    from ledger.posting as p join ledger.account as a on a.cell_id = p.cell_id and a.id = p.debit
    where p.cell_id = e.cell_id and p.entry_id = e.id
) as p
where (%(id)s::uuid is null or e.id = %(id)s)
  and (%(kind)s::text is null or e.kind = %(kind)s)
  and (%(state)s::text is null or e.state = %(state)s)
  and (%(document_id)s::uuid is null or e.document_id = %(document_id)s)
  and (%(from_on)s::date is null or e.business_on >= %(from_on)s)
  and (%(until_on)s::date is null or e.business_on < %(until_on)s)
  and (%(q)s::text is null or e.memo ilike '%%' || %(q)s || '%%')
  and (%(is_whole)s or exists (select from ledger.posting as p join ledger.account as a on a.cell_id = p.cell_id and a.id in (p.debit, p.credit) where p.cell_id = e.cell_id and p.entry_id = e.id and (a.owner = any (%(party_ids)s) or a.counterparty = any (%(party_ids)s)))) -- scope

-- name: list_entry_postings
select p.line_no, p.debit, d.kind as debit_kind, d.owner as debit_owner, dp.name as debit_name,
       p.credit, c.kind as credit_kind, c.owner as credit_owner, cp.name as credit_name, p.amount as amount_minor
from ledger.posting as p
join ledger.account as d on d.cell_id = p.cell_id and d.id = p.debit
join ledger.account as c on c.cell_id = p.cell_id and c.id = p.credit
left join identity.party as dp on dp.id = coalesce(d.counterparty, d.owner)
left join identity.party as cp on cp.id = coalesce(c.counterparty, c.owner)
where p.cell_id = %(cell_id)s and p.entry_id = %(entry_id)s
order by p.line_no

-- name: lock_entry
-- Entries are never changed but for the end of a pending one; whoever ends or reverses one takes it first.
select e.state from ledger.entry as e where e.cell_id = %(cell_id)s and e.id = %(id)s for update

-- name: is_reversed
select exists (
    select from ledger.entry as e
    where e.cell_id = %(cell_id)s and e.reverses = %(id)s and e.state <> 'voided')

-- name: end_pending
update ledger.entry set state = %(state)s
where cell_id = %(cell_id)s and id = %(id)s and state = 'pending'

-- name: change
select ledger.change_v1(%(cell_id)s, %(account_id)s::uuid[], %(change)s::bigint[], %(delta_id)s::uuid[],
                        %(delta_account_id)s::uuid[], %(delta_amount)s::bigint[])

-- name: read_owed
select greatest(-b.posted, 0) from ledger.balance as b where b.cell_id = %(cell_id)s and b.account_id = %(account_id)s

-- name: read_left
-- What purchases of one document left owed on a credit line. Repayments settle the oldest purchases first, so the newest
-- are what is owed; nothing is gone through where nothing is owed.
select coalesce(sum(least(d.amount, d.owed - d.later)), 0)::bigint
from (
    select e.document_id, p.amount, -b.posted as owed,
           sum(p.amount) over (order by e.business_on desc, p.entry_id desc, p.line_no desc) - p.amount as later
    from ledger.balance as b
    join ledger.posting as p on p.cell_id = b.cell_id and p.debit = b.account_id
    join ledger.entry as e on e.cell_id = p.cell_id and e.id = p.entry_id and e.state = 'posted'
    where b.cell_id = %(cell_id)s and b.account_id = %(account_id)s and b.posted < 0
) as d
where d.document_id = %(document_id)s and d.later < d.owed

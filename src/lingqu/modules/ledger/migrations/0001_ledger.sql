-- phase: expand
-- Accounts, balances, holds, entries, postings. balance = credits - debits; the sum over a cell is zero.

-- id is derived from (kind, owner, counterparty, currency), so it is known without a look-up.
create table ledger.account (
    cell_id int not null,
    id uuid not null,
    kind text not null check (kind in
        ('prepaid', 'credit', 'deposit', 'rebate', 'receivable', 'revenue', 'clearing', 'fee', 'points',
         'cash', 'opening', 'tax', 'freight', 'write-off')),
    owner uuid not null,
    counterparty uuid,
    peer_cell int,
    currency char(3) not null,
    opened_at timestamptz not null,
    primary key (cell_id, id),
    unique nulls not distinct (cell_id, owner, kind, counterparty, peer_cell, currency)
);
create index account_counterparty on ledger.account (cell_id, counterparty);

-- Running sums. floor null: an account that may go anywhere (revenue, clearing); it is never locked on the hot
-- path: its changes are rows of ledger.delta until a job folds them in.
-- wanted_floor is what was agreed. A limit may be lowered below what is owed already: then floor stays at what is
-- owed and follows every repayment up to wanted_floor, so the check below holds at every moment.
create table ledger.balance (
    cell_id int not null,
    account_id uuid not null,
    posted bigint not null default 0,
    held bigint not null default 0 check (held >= 0),
    floor bigint,
    wanted_floor bigint,
    version bigint not null default 0,
    primary key (cell_id, account_id),
    foreign key (cell_id, account_id) references ledger.account (cell_id, id),
    check (floor is null or posted - held >= floor),
    check ((floor is null) = (wanted_floor is null)),
    check (floor is null or floor <= wanted_floor)
) with (fillfactor = 70);

create table ledger.delta (
    cell_id int not null,
    id uuid not null,
    account_id uuid not null,
    amount bigint not null,
    primary key (cell_id, id),
    foreign key (cell_id, account_id) references ledger.account (cell_id, id)
);
create index delta_account on ledger.delta (cell_id, account_id);

-- Money promised to a document. amount is what is still held.
create table ledger.hold (
    cell_id int not null,
    document_id uuid not null,
    account_id uuid not null,
    amount bigint not null check (amount >= 0),
    expires_at timestamptz,
    primary key (cell_id, document_id, account_id),
    foreign key (cell_id, account_id) references ledger.account (cell_id, id)
) with (fillfactor = 70);
create index hold_account on ledger.hold (cell_id, account_id) where amount > 0;

create table ledger.entry (
    cell_id int not null,
    id uuid not null,
    kind text not null,
    state text not null check (state in ('pending', 'posted', 'voided')),
    document_kind text not null,
    document_id uuid not null,
    reverses uuid,
    memo text not null default '',
    business_on date not null,
    recorded_at timestamptz not null,
    user_id int,
    primary key (cell_id, id)
);
create index entry_time on ledger.entry (recorded_at, id);
create index entry_document on ledger.entry (cell_id, document_id);
create unique index entry_reversed_once on ledger.entry (cell_id, reverses)
    where reverses is not null and state <> 'voided';

-- One movement from an account to another: it balances by construction.
create table ledger.posting (
    cell_id int not null,
    entry_id uuid not null,
    line_no smallint not null,
    debit uuid not null,
    credit uuid not null,
    amount bigint not null check (amount > 0),
    primary key (cell_id, entry_id, line_no),
    foreign key (cell_id, entry_id) references ledger.entry (cell_id, id),
    foreign key (cell_id, debit) references ledger.account (cell_id, id),
    foreign key (cell_id, credit) references ledger.account (cell_id, id),
    check (debit <> credit)
);
create index posting_debit on ledger.posting (cell_id, debit);
create index posting_credit on ledger.posting (cell_id, credit);

-- phase: expand
-- Agreements. The money itself stands in the ledger: account kind 'credit', owner seller, counterparty buyer.

create table credit.agreement (
    id int generated always as identity primary key,
    seller_id int not null references network.organization (id),
    buyer_id int not null references network.organization (id),
    currency char(3) not null,
    limit_minor bigint not null check (limit_minor >= 0),
    payment_days int not null check (payment_days between 0 and 3650),
    terms text not null default '',
    status text not null check (status in ('active', 'suspended')),
    suspended_reason text,
    granted_at timestamptz not null,
    granted_by int,
    version int not null default 1,
    unique (seller_id, buyer_id, currency),
    check (seller_id <> buyer_id),
    check ((status = 'suspended') = (suspended_reason is not null))
);
create index agreement_buyer on credit.agreement (buyer_id);

-- phase: expand
-- Grants that begin and end on days of their own, and links that one side proposes and the other accepts.

-- On the days from valid_from until before valid_until; null: from when it was given, until it is revoked.
alter table network.link_grant add column valid_from date;
alter table network.link_grant add column valid_until date;
alter table network.link_grant add constraint link_grant_days check (valid_until > valid_from);

create table network.link_proposal (
    id int generated always as identity primary key,
    seller_id int not null references network.organization (id),
    buyer_id int not null references network.organization (id),
    -- The side that proposed; the other one decides.
    proposer_id int not null references network.organization (id),
    content jsonb not null,
    message text not null,
    status text not null default 'open' check (status in ('open', 'accepted', 'declined', 'withdrawn', 'expired')),
    proposed_by_name text not null,
    proposed_at timestamptz not null,
    expires_at timestamptz not null,
    decided_by_name text not null default '',
    decided_at timestamptz,
    reason text not null default '',
    link_id int references network.trade_link (id),
    check (seller_id <> buyer_id),
    check (proposer_id in (seller_id, buyer_id)),
    check ((status = 'accepted') = (link_id is not null)),
    check ((status = 'open') = (decided_at is null))
);
create unique index link_proposal_open on network.link_proposal (seller_id, buyer_id) where status = 'open';
create index link_proposal_buyer on network.link_proposal (buyer_id);
create index link_proposal_due on network.link_proposal (expires_at) where status = 'open';

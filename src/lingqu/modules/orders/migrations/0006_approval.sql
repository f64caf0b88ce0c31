-- phase: expand
-- Which orders wait for whose approval and why one did; buyers who pay late; baskets that leave only with a yes.

-- One list a seller, in its own order, read with its prices when orders are placed.
create table orders.approval_rules (
    seller_id int primary key references network.organization (id),
    is_active boolean not null,
    content jsonb not null,
    version int not null default 1
);

-- What happens to a buyer that pays late: its own row, else the one without a buyer, else nothing.
create table orders.late_policy (
    seller_id int not null references network.organization (id),
    buyer_id int references network.organization (id),
    after_days int not null check (after_days >= 0),
    action text not null check (action in ('none', 'warn', 'hold', 'refuse')),
    version int not null default 1,
    unique nulls not distinct (seller_id, buyer_id)
);

-- A buyer that wants its own baskets released by somebody else before they leave, above an amount; null: no longer.
create table orders.release_rule (
    buyer_id int primary key references network.organization (id),
    above_minor bigint check (above_minor >= 0),
    version int not null default 1
);

-- What the seller's rules said of an order when it was placed; none for an order that no rule touched.
create table orders.judgement (
    cell_id int not null,
    order_id uuid not null,
    outcome text not null check (outcome in ('passed', 'waits', 'warned')),
    rule text not null,
    rules_version int not null,
    facts jsonb not null,
    trace jsonb not null,
    judged_at timestamptz not null,
    primary key (cell_id, order_id)
);

-- Open: still being filled; submitted: waits for the buyer's own approval; returned: turned down, with the reason.
alter table orders.draft add column state text not null default 'open'
    check (state in ('open', 'submitted', 'returned'));
alter table orders.draft add column submitted_by int;
alter table orders.draft add column submitted_at timestamptz;
alter table orders.draft add column submitted_total_minor bigint;
alter table orders.draft add column decision_reason text not null default '';

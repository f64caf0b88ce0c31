-- phase: expand
-- Plans for the orders that wait for goods: made beside greedy and beside doing nothing, looked at, applied or discarded.

create table routing.backlog_plan (
    cell_id int not null,
    id uuid not null,
    seller_id int not null references network.organization (id),
    state text not null check (state in ('waiting', 'solving', 'ready', 'applied', 'discarded')),
    ask jsonb not null,
    -- How far the solving has come, in shares of the backlog that have no goods in common.
    done_count int not null default 0,
    total_count int not null default 0,
    setting_version int,
    -- Orders that wait too, younger than those looked at.
    left_out int not null default 0,
    summary jsonb,
    asked_by int,
    asked_at timestamptz not null,
    ready_at timestamptz,
    ended_by int,
    ended_at timestamptz,
    primary key (cell_id, id),
    check ((summary is null) = (ready_at is null))
);
create index backlog_plan_seller on routing.backlog_plan (cell_id, seller_id, asked_at);
-- One at a time is made for a seller.
create unique index backlog_plan_running on routing.backlog_plan (cell_id, seller_id)
    where state in ('waiting', 'solving');

-- What a plan says of each order, the oldest first, and what became of it.
create table routing.backlog_plan_order (
    cell_id int not null,
    plan_id uuid not null,
    order_id uuid not null,
    place int not null,
    state text not null check (state in ('stays', 'moves', 'applied', 'skipped')),
    why text not null default '',
    content jsonb not null,
    primary key (cell_id, plan_id, order_id)
);

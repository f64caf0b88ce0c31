-- phase: expand
-- How a seller chooses its nodes, what was chosen and why, and how much each node was given on a day.

-- One setting a seller; without one, or with one that is not active, goods leave from the seller's first open node.
create table routing.setting (
    seller_id int primary key references network.organization (id),
    is_active boolean not null,
    content jsonb not null,
    version int not null default 1
);

-- One row a choice: the first when the order is placed, a further one when somebody chooses again.
-- `lines` holds every line's node with the rules that were asked, in order.
create table routing.decision (
    cell_id int not null,
    order_id uuid not null,
    attempt smallint not null,
    seller_id int not null references network.organization (id),
    cause text not null check (cause in ('placed', 'override')),
    setting_version int not null,
    reason text not null default '',
    user_id int,
    lines jsonb not null,
    decided_at timestamptz not null,
    primary key (cell_id, order_id, attempt)
);

-- Lines given to a node on a business day; kept only where a seller's rules ask for it.
create table routing.load (
    cell_id int not null,
    node_id int not null references network.node (id),
    business_on date not null,
    line_count int not null,
    primary key (cell_id, node_id, business_on)
) with (fillfactor = 70);

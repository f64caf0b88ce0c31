-- phase: expand
-- A choice may have to be taken on in time; what no node can send waits on hold; a line may leave from several nodes.

alter table routing.decision drop constraint decision_cause_check;
alter table routing.decision add constraint decision_cause_check
    check (cause in ('placed', 'override', 'rejected', 'timed-out', 'retried', 'planned'));
-- Until when the chosen nodes must have taken the work on; null: they need not say so, or have.
alter table routing.decision add column due_at timestamptz;
create index decision_due on routing.decision (cell_id, due_at) where due_at is not null;

-- What a node said of the work that an order leaves to it; its last word counts. One that let the work go is not chosen
-- again for this order.
create table routing.answer (
    cell_id int not null,
    order_id uuid not null,
    node_id int not null references network.node (id),
    answer text not null check (answer in ('accepted', 'rejected', 'timed-out')),
    reason text not null default '',
    user_id int,
    answered_at timestamptz not null,
    primary key (cell_id, order_id, node_id)
);

-- Orders of which something can be sent by nobody now. Tried again when goods come, or by hand.
create table routing.held (
    cell_id int not null,
    order_id uuid not null,
    seller_id int not null references network.organization (id),
    cause text not null check (cause in ('rejected', 'timed-out')),
    reason text not null default '',
    held_at timestamptz not null,
    tried_at timestamptz not null,
    try_count int not null default 0,
    primary key (cell_id, order_id)
);
create index held_seller on routing.held (cell_id, seller_id);
create index held_tried on routing.held (cell_id, tried_at);

-- Lines that are parts of another line of their order, because no one node had it all.
create table routing.part (
    cell_id int not null,
    order_id uuid not null,
    line_no smallint not null,
    part_of smallint not null check (part_of < line_no),
    primary key (cell_id, order_id, line_no)
);

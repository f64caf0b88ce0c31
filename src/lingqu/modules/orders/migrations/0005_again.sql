-- phase: expand
-- What is ordered again and again: templates and standing orders, in the buyer's home cell.

-- A named list of packs, shared in the buyer's organization. Deleted ones stay for a while, so that it can be undone.
create table orders.template (
    cell_id int not null,
    id uuid not null,
    buyer_id int not null references network.organization (id),
    seller_id int not null references network.organization (id),
    name text not null check (name <> ''),
    lines jsonb not null,
    saved_by int,
    saved_at timestamptz not null,
    deleted_at timestamptz,
    version int not null default 1,
    primary key (cell_id, id)
);
create unique index template_name on orders.template (cell_id, buyer_id, seller_id, name) where deleted_at is null;

-- A promise to order on dates that follow a rhythm. With a template its lines are those of the template on the day of
-- placing, else they are the standing order's own. next_* are null when nothing is to come.
create table orders.standing (
    cell_id int not null,
    id uuid not null,
    buyer_id int not null references network.organization (id),
    seller_id int not null references network.organization (id),
    name text not null check (name <> ''),
    template_id uuid,
    lines jsonb not null,
    rhythm jsonb not null,
    wishes jsonb not null,
    starts_on date not null,
    ends_on date,
    skipped_on date[] not null default '{}',
    lead_days smallint not null check (lead_days between 0 and 60),
    is_paused boolean not null default false,
    time_zone text not null,
    next_due_on date,
    next_run_on date,
    saved_by int,
    saved_by_name text not null,
    saved_at timestamptz not null,
    ended_at timestamptz,
    version int not null default 1,
    primary key (cell_id, id),
    check (ends_on is null or ends_on >= starts_on),
    check ((next_due_on is null) = (next_run_on is null)),
    check (next_run_on is null or not is_paused and ended_at is null)
);
create index standing_due on orders.standing (cell_id, next_run_on) where next_run_on is not null;
create index standing_buyer on orders.standing (cell_id, buyer_id);
create index standing_seller on orders.standing (cell_id, seller_id);

-- One date of a standing order. The body is written before anything is placed and never changed: whoever takes the
-- work over after a crash places the same, under the same key.
create table orders.standing_run (
    cell_id int not null,
    standing_id uuid not null,
    due_on date not null,
    body jsonb not null,
    state text not null check (state in ('waiting', 'placed', 'refused')),
    order_id uuid,
    problem jsonb,
    frozen_at timestamptz not null,
    decided_at timestamptz,
    primary key (cell_id, standing_id, due_on),
    foreign key (cell_id, standing_id) references orders.standing (cell_id, id),
    check ((state = 'placed') = (order_id is not null)),
    check ((state = 'refused') = (problem is not null)),
    check ((state = 'waiting') = (decided_at is null))
);
create index standing_run_waiting on orders.standing_run (cell_id, frozen_at) where state = 'waiting';
create index standing_run_order on orders.standing_run (cell_id, order_id) where order_id is not null;

-- Orders that a standing order placed say so. Old rows satisfy the wider rule, so none is looked at.
alter table orders.order drop constraint order_channel_check;
alter table orders.order add constraint order_channel_check
    check (channel in ('console', 'phone', 'pos', 'api', 'mall', 'standing')) not valid;

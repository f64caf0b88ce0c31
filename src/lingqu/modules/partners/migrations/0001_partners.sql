-- phase: expand
-- Webhooks: who wants to be told of what, and every attempt to tell.

-- Few rows, read by every consumer in every cell. Closed ones stay: their deliveries name them.
create table partners.webhook (
    id int generated always as identity primary key,
    organization_id int not null references network.organization (id),
    url text not null,
    description text not null default '',
    subjects text[] not null check (cardinality(subjects) > 0),
    state text not null default 'active' check (state in ('active', 'paused', 'disabled', 'closed')),
    disabled_reason text check (disabled_reason in ('gone', 'silent')),
    secret text not null,
    old_secret text,
    old_secret_until timestamptz,
    made_at timestamptz not null,
    made_by int,
    version int not null default 1,
    check ((old_secret is null) = (old_secret_until is null)),
    check ((state = 'disabled') = (disabled_reason is not null))
);
create index webhook_organization on partners.webhook (organization_id);

-- One lane per webhook in the organization's home cell: whoever holds its lease tries its deliveries.
create table partners.lane (
    cell_id int not null,
    webhook_id int not null references partners.webhook (id),
    is_open bool not null default true,
    due_at timestamptz,
    paused_until timestamptz,
    lease_until timestamptz,
    lease_no int not null default 0,
    failures int not null default 0,
    failing_since timestamptz,
    primary key (cell_id, webhook_id)
);
create index lane_due on partners.lane (cell_id, due_at) where is_open and due_at is not null;

-- What has to be told, with the very bytes that are signed. `object` is what it tells of: those of one go in order.
create table partners.delivery (
    cell_id int not null,
    id uuid not null,
    webhook_id int not null references partners.webhook (id),
    event_id uuid not null,
    subject text not null,
    object text not null,
    body text not null,
    state text not null check (state in ('waiting', 'delivered', 'failed')),
    attempts int not null default 0,
    due_at timestamptz not null,
    queued_at timestamptz not null,
    give_up_at timestamptz not null,
    finished_at timestamptz,
    last_status int,
    last_problem text,
    primary key (cell_id, id),
    unique (cell_id, webhook_id, event_id),
    check ((state = 'waiting') = (finished_at is null))
);
create index delivery_due on partners.delivery (cell_id, webhook_id, due_at) where state = 'waiting';
create index delivery_of_object on partners.delivery (cell_id, webhook_id, object, event_id) where state = 'waiting';
create index delivery_of_webhook on partners.delivery (cell_id, webhook_id, id);
create index delivery_queued on partners.delivery (cell_id, queued_at);

create table partners.attempt (
    cell_id int not null,
    id uuid not null,
    delivery_id uuid not null,
    started_at timestamptz not null,
    duration_ms int not null,
    status int,
    problem text,
    request text not null,
    response text not null,
    primary key (cell_id, id),
    foreign key (cell_id, delivery_id) references partners.delivery (cell_id, id) on delete cascade
);
create index attempt_of_delivery on partners.attempt (cell_id, delivery_id, id);

-- phase: expand
-- What the runtime itself keeps: the installation, outbox, inbox, idempotency, audit and jobs.

create table runtime.installation (
    is_single boolean primary key default true check (is_single),
    cell_count int not null check (cell_count between 1 and 1024),
    is_demo boolean not null default false,
    installed_at timestamptz not null
);

-- One row per transaction and cell; `events` is an array of {id, subject, data}. Unpublished rows are few,
-- so the partial index stays small whatever the table's size.
create table runtime.outbox (
    cell_id int not null,
    id uuid not null,
    events jsonb not null,
    recorded_at timestamptz not null,
    published_at timestamptz,
    primary key (cell_id, id)
);
create index outbox_unpublished on runtime.outbox (cell_id, id) where published_at is null;

create table runtime.inbox (
    cell_id int not null,
    consumer text not null,
    event_id uuid not null,
    handled_at timestamptz not null,
    primary key (cell_id, consumer, event_id)
);

-- The stored answer of a write request. The actor's home cell holds it.
create table runtime.idempotency (
    cell_id int not null,
    actor uuid not null,
    key text not null,
    body_hash bytea not null,
    status int not null,
    answer bytea not null,
    recorded_at timestamptz not null,
    primary key (cell_id, actor, key)
);

create table runtime.audit (
    cell_id int not null,
    id uuid not null,
    kind text not null,
    object_id text not null,
    before jsonb,
    after jsonb,
    party_id uuid,
    user_id int,
    actor_name text not null,
    channel text not null,
    trace_id text not null,
    recorded_at timestamptz not null,
    primary key (cell_id, id)
);
create index audit_object on runtime.audit (cell_id, kind, object_id, id);

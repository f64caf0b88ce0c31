-- phase: expand
-- What the runtime itself keeps: the installation, outbox, inbox, idempotency, audit and jobs.

create table runtime.installation (
    is_single boolean primary key default true check (is_single),
    cell_count int not null check (cell_count between 1 and 1024),
    is_demo boolean not null default false,
    -- When the demo was complete; a demo without it was interrupted while it was made.
    demo_filled_at timestamptz,
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
-- For the repetition of the last seconds when a relay starts, and for retention.
create index outbox_published on runtime.outbox (cell_id, published_at) where published_at is not null;

create table runtime.inbox (
    cell_id int not null,
    consumer text not null,
    event_id uuid not null,
    handled_at timestamptz not null,
    primary key (cell_id, consumer, event_id)
);

create index inbox_handled on runtime.inbox (cell_id, handled_at);

-- An event that a consumer could not handle after all its attempts; it stays until somebody sends it again.
create table runtime.dead_letter (
    cell_id int not null,
    consumer text not null,
    event_id uuid not null,
    subject text not null,
    event jsonb not null,
    error text not null,
    attempts int not null,
    failed_at timestamptz not null,
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
create index idempotency_recorded on runtime.idempotency (cell_id, recorded_at);

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
create index audit_party on runtime.audit (cell_id, party_id, id);

-- Work that takes longer than a request. `lease_until` says until when the worker that runs it must report again;
-- afterwards another one takes it. The row lives in the cell of whoever asked for it.
create table runtime.job (
    cell_id int not null,
    id uuid not null,
    kind text not null,
    key text,
    input jsonb not null,
    state text not null check (state in ('queued', 'running', 'done', 'failed')),
    done_count bigint not null default 0,
    total_count bigint,
    result jsonb,
    problem jsonb,  -- by language
    attempts int not null default 0,
    run_at timestamptz not null,
    lease_until timestamptz,
    party_id uuid,
    user_id int,
    actor_name text not null,
    trace_id text not null,
    queued_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    primary key (cell_id, id)
);
create unique index job_key on runtime.job (cell_id, kind, key) where key is not null;
create index job_due on runtime.job (cell_id, run_at) where state in ('queued', 'running');
create index job_finished on runtime.job (cell_id, finished_at) where finished_at is not null;

-- When each schedule runs next. Whoever moves `next_at` on runs it.
create table runtime.schedule (
    name text primary key,
    next_at timestamptz not null,
    last_started_at timestamptz,
    last_finished_at timestamptz,
    last_error text
);

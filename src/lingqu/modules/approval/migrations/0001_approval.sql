-- phase: expand
-- Requests that wait for decisions on several levels.

-- level_parties: whose people decide, the first level first. level is the one that waits now.
create table approval.request (
    id int generated always as identity primary key,
    kind text not null,
    object_id int not null,
    party_id uuid not null references identity.party (id),
    requested_by int references identity.user (id),
    reason text not null,
    level_parties uuid[] not null check (cardinality(level_parties) between 1 and 5),
    level int not null default 1,
    state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected')),
    requested_at timestamptz not null,
    check (level between 1 and cardinality(level_parties))
);
create unique index request_waiting on approval.request (kind, object_id) where state = 'waiting';

create table approval.decision (
    request_id int not null references approval.request (id),
    level int not null,
    is_approved boolean not null,
    user_id int not null references identity.user (id),
    party_id uuid not null references identity.party (id),
    reason text not null,
    decided_at timestamptz not null,
    primary key (request_id, level),
    unique (request_id, user_id)
);

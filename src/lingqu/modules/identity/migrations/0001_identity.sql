-- phase: expand
-- Parties, regions, users, roles, sessions.

-- Buyer, seller, owner of an account. Members are parties too, but data plane: their rows stand in
-- membership.member in the member's home cell, so no foreign key anywhere points to a member.
create table identity.party (
    id uuid primary key,
    kind text not null check (kind in ('organization', 'walk-in', 'platform')),
    home_cell int not null,
    name text not null,
    -- A closed organization's users can no longer sign in for it.
    is_open boolean not null default true
);

-- One id for every scheme: ISO 3166-1 numeric × 1,000,000 + the scheme's own code.
-- China: 156 + GB/T 2260 (156430102); United States: 840 + FIPS (840019153).
create table identity.region (
    id int primary key,
    parent_id int references identity.region (id),
    scheme text not null check (scheme in ('gb-t-2260', 'us-fips')),
    level text not null check (level in ('country', 'province', 'prefecture', 'county')),
    code text not null,
    name_zh text not null,
    name_en text not null,
    latitude double precision,
    longitude double precision,
    unique (scheme, level, code)
);
create index region_parent on identity.region (parent_id);

create table identity.user (
    id int generated always as identity primary key,
    login text not null unique check (login = lower(login)),
    name text not null,
    phone text,
    email text,
    language text not null default 'zh' check (language in ('zh', 'en')),
    password_hash text,
    status text not null default 'active' check (status in ('active', 'locked', 'closed')),
    sort_key text not null,
    created_at timestamptz not null,
    version int not null default 1
);

-- A role is a set of permissions for one kind of organization. party_id null: built in, for all of the kind.
create table identity.role (
    id int generated always as identity primary key,
    party_id uuid references identity.party (id),
    organization_kind text not null,
    code text not null,
    name_zh text not null,
    name_en text not null,
    permissions text[] not null,
    version int not null default 1,
    unique nulls not distinct (party_id, organization_kind, code)
);

-- Which user acts for which organization, and as what.
create table identity.assignment (
    user_id int not null references identity.user (id),
    party_id uuid not null references identity.party (id),
    role_id int not null references identity.role (id),
    assigned_at timestamptz not null,
    primary key (user_id, party_id, role_id)
);
create index assignment_party on identity.assignment (party_id);

-- A token is '<cell>.<secret>'; only the hash of the secret is kept.
create table identity.session (
    cell_id int not null,
    id uuid not null,
    token_hash bytea not null,
    user_id int not null references identity.user (id),
    party_id uuid not null references identity.party (id),
    started_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    address text not null,
    user_agent text not null,
    primary key (cell_id, id),
    unique (cell_id, token_hash)
);
create index session_of_user on identity.session (cell_id, user_id);

-- Failed sign-ins by what was typed, whether such a login exists or not, so that a lock tells nothing about it.
-- The cell is chosen by the hash.
create table identity.attempt (
    cell_id int not null,
    login_hash bytea not null,
    failed_count int not null,
    failed_at timestamptz not null,
    locked_until timestamptz,
    primary key (cell_id, login_hash)
);
create index attempt_failed_at on identity.attempt (cell_id, failed_at);

-- The rights that the modules declare, with their words; a role holds codes of these.
create table identity.permission (
    code text primary key,
    name_zh text not null,
    name_en text not null
);

-- A way in for somebody new. Only the hash of the link's secret is kept.
create table identity.invitation (
    cell_id int not null,
    id uuid not null,
    token_hash bytea not null,
    party_id uuid not null references identity.party (id),
    role_ids int[] not null,
    name text not null,
    email text,
    invited_by int references identity.user (id),
    invited_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    user_id int references identity.user (id),
    revoked_at timestamptz,
    primary key (cell_id, id),
    unique (cell_id, token_hash)
);
create index invitation_party on identity.invitation (cell_id, party_id);

create table identity.password_reset (
    cell_id int not null,
    id uuid not null,
    token_hash bytea not null,
    user_id int not null references identity.user (id),
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (cell_id, id),
    unique (cell_id, token_hash)
);
create index password_reset_user on identity.password_reset (cell_id, user_id);

-- phase: expand
-- Requests about things that have no number: with whose right decides on each level, until when, about what and why.
-- And people who decide for others for a while.

alter table approval.request alter column object_id drop not null;
alter table approval.request add column object_uuid uuid;
-- Beside level_parties: the right a level asks for, or the one role that decides where a level names one.
-- The default is what every request before this one asked for.
alter table approval.request
    add column level_permissions text[] not null default '{network.approve,network.approve}';
alter table approval.request add column level_roles int[] not null default '{}';
-- What whoever decides is shown without opening it, and the rules that made it wait.
alter table approval.request add column subject jsonb not null default '{}';
alter table approval.request add column expires_at timestamptz;
alter table approval.request drop constraint request_state_check;
alter table approval.request add constraint request_state_check
    check (state in ('waiting', 'approved', 'rejected', 'withdrawn', 'expired'));
alter table approval.request add constraint request_object_check check (num_nonnulls(object_id, object_uuid) = 1);
create unique index request_waiting_uuid on approval.request (kind, object_uuid) where state = 'waiting';
create index request_object_uuid on approval.request (kind, object_uuid, id) where object_uuid is not null;
create index request_to_do on approval.request ((level_parties[level]), requested_at, id) where state = 'waiting';

-- Orders name who placed them without a foreign key (ADR 0014), and so do the requests that placing writes.
alter table approval.request drop constraint request_requested_by_fkey;

-- A partner's system or a loader of history decides without a user of its own.
alter table approval.decision alter column user_id drop not null;
alter table approval.decision add column actor_name text not null default '';
-- Whose right was used, where somebody decided for another.
alter table approval.decision add column for_user_id int references identity.user (id);

create table approval.delegation (
    id int generated always as identity primary key,
    party_id uuid not null references identity.party (id),
    from_user_id int not null references identity.user (id),
    to_user_id int not null references identity.user (id),
    valid_from timestamptz not null,
    valid_until timestamptz not null,
    reason text not null,
    made_at timestamptz not null,
    revoked_at timestamptz,
    check (from_user_id <> to_user_id),
    check (valid_from < valid_until)
);
create index delegation_to on approval.delegation (to_user_id, party_id) where revoked_at is null;
create index delegation_from on approval.delegation (from_user_id, party_id);

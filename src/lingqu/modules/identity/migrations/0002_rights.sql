-- phase: expand
-- What a process that remembers who may do what must watch: a value that changes with every right, and the sessions that
-- ended lately.
create table identity.revision (
    is_only boolean primary key default true check (is_only),
    value uuid not null
);
insert into identity.revision (value) values ('00000000-0000-0000-0000-000000000000');
create index session_ended on identity.session (cell_id, ended_at) where ended_at is not null;

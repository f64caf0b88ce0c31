-- phase: expand
-- Where a long piece of work stands, written with what it did last: after a stop it goes on from there.

create table runtime.bookmark (
    cell_id int not null,
    name text not null,
    state jsonb not null,
    saved_at timestamptz not null,
    primary key (cell_id, name)
);

-- phase: expand
-- Members and where they enrolled. A member is a party: its id stands for it in orders and in the ledger.

-- The cell follows from the phone, so that the number is unique everywhere by being unique here.
create table membership.member (
    cell_id int not null,
    id uuid not null,
    code text not null,
    phone text not null,
    name text not null,
    status text not null default 'active' check (status in ('active', 'closed')),
    registered_by int not null references network.organization (id),
    registered_at timestamptz not null,
    sort_key text not null,
    search text[] not null,
    version int not null default 1,
    primary key (cell_id, id),
    unique (cell_id, phone),
    unique (cell_id, code)
);
create index member_search on membership.member using gin (search);

create table membership.enrolment (
    cell_id int not null,
    member_id uuid not null,
    organization_id int not null references network.organization (id),
    enrolled_at timestamptz not null,
    enrolled_by int,
    primary key (cell_id, member_id, organization_id),
    foreign key (cell_id, member_id) references membership.member (cell_id, id)
);
create index enrolment_organization on membership.enrolment (cell_id, organization_id);

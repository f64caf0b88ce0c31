-- phase: expand
-- When people are reminded of what waits for their decision, and of what they were on which day.

-- No row: after four working hours, Monday to Friday, nine to six, in the organization's own time.
create table notice.reminder_rule (
    party_id uuid primary key references identity.party (id),
    is_active boolean not null,
    after_hours int not null check (after_hours between 1 and 80),
    weekdays int[] not null check (cardinality(weekdays) between 1 and 7),
    opens_at time not null,
    closes_at time not null,
    version int not null default 1,
    check (opens_at < closes_at)
);

-- One row per thing and level; the row is the claim: whoever moves its day on tells, so nobody is told twice a day.
create table notice.reminded (
    cell_id int not null,
    kind text not null,
    object_id text not null,
    level int not null,
    reminded_on date not null,
    reminded_at timestamptz not null,
    primary key (cell_id, kind, object_id, level)
);

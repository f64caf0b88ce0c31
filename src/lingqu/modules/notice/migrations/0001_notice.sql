-- phase: expand
-- Notices in the product and mails that wait to leave.

-- The words of both languages are kept: a user reads them in the language of the day.
create table notice.notice (
    cell_id int not null,
    id uuid not null,
    user_id int not null references identity.user (id),
    party_id uuid not null references identity.party (id),
    kind text not null,
    title_zh text not null,
    title_en text not null,
    path text not null,
    told_at timestamptz not null,
    read_at timestamptz,
    primary key (cell_id, id)
);
create index notice_of_user on notice.notice (cell_id, user_id, party_id, id);

create table notice.mail (
    cell_id int not null,
    id uuid not null,
    address text not null,
    subject text not null,
    body text not null,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
    attempts int not null default 0,
    due_at timestamptz not null,
    written_at timestamptz not null,
    sent_at timestamptz,
    problem text,
    primary key (cell_id, id)
);
create index mail_due on notice.mail (cell_id, due_at) where state = 'waiting';

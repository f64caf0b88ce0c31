-- phase: expand
-- A mail is claimed, sent outside any transaction, and settled; and whoever wishes gets its notices by mail too.

-- `lease_no` is the fence: whoever fell silent and comes back finds another number and writes nothing.
alter table notice.mail add column lease_until timestamptz;
alter table notice.mail add column lease_no int not null default 0;

-- A user's wish in one organization; no row: notices stay inside the product.
create table notice.preference (
    cell_id int not null,
    user_id int not null references identity.user (id),
    party_id uuid not null references identity.party (id),
    is_by_mail bool not null,
    primary key (cell_id, user_id, party_id)
);

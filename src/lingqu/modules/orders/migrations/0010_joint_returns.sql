-- phase: expand
-- Goods that go back from many orders in one request, what a seller takes back, and what became of each line.

-- One request over many orders of one seller and one buyer, decided once. Its part in each order is a row of
-- `orders.return` that bears its number; `shown_minor` is the refund that whoever asked was shown.
create table orders.joint_return (
    cell_id int not null,
    id uuid not null,
    seller_id int not null references network.organization (id),
    buyer_id int not null references network.organization (id),
    number text not null,
    side text not null check (side in ('buyer', 'seller')),
    status text not null check (status in ('requested', 'accepted', 'part', 'rejected')),
    currency char(3) not null,
    reason text not null,
    shown_minor bigint not null,
    refund_minor bigint not null default 0,
    asked_by int,
    asked_by_name text not null,
    requested_at timestamptz not null,
    decided_by int,
    decided_by_name text not null default '',
    decided_at timestamptz,
    decision_reason text not null default '',
    primary key (cell_id, id)
);
create index joint_return_seller on orders.joint_return (cell_id, seller_id, id);
create index joint_return_buyer on orders.joint_return (cell_id, buyer_id, id);

-- `refund_minor` of a line is what was shown until the seller has decided, and what was paid back afterwards;
-- `accepted` is null until then, and for what was decided before lines were decided one by one.
alter table orders.return add column joint_id uuid;
alter table orders.return add constraint return_joint_id_fkey
    foreign key (cell_id, joint_id) references orders.joint_return (cell_id, id);
create index return_joint on orders.return (cell_id, joint_id) where joint_id is not null;
alter table orders.return_line add column reason text not null default '';
alter table orders.return_line add column accepted bigint check (accepted between 0 and quantity);
alter table orders.return_line add column decision_reason text not null default '';

-- On which purchases a seller books returned goods, and for how long it takes them back. Without a row: the newest
-- first, for ever.
create table orders.return_rule (
    cell_id int not null,
    seller_id int not null,
    first text not null check (first in ('newest', 'oldest')),
    window_days int check (window_days between 1 and 3650),
    changed_by int,
    changed_at timestamptz not null,
    version int not null default 1,
    primary key (cell_id, seller_id)
);

-- Whether a seller may order for a buyer: each side says its own, and the stricter word holds. No row: it may.
create table orders.behalf_rule (
    seller_id int not null references network.organization (id),
    buyer_id int not null references network.organization (id),
    seller_says text not null default 'allowed' check (seller_says in ('allowed', 'consent', 'never')),
    buyer_says text not null default 'allowed' check (buyer_says in ('allowed', 'consent', 'never')),
    version int not null default 1,
    primary key (seller_id, buyer_id)
);

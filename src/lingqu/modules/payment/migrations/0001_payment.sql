-- phase: expand
-- Online payments and the steps by which each gets to its end (ADR 0020).

-- It lies in the seller's cell, where the money is booked.
create table payment.online_payment (
    cell_id int not null,
    id uuid not null,
    seller_id int not null references network.organization (id),
    buyer_id int not null references network.organization (id),
    order_id uuid,
    amount_minor bigint not null check (amount_minor > 0),
    currency char(3) not null,
    provider text not null,
    state text not null check (state in
        ('opening', 'open', 'paid', 'refunding', 'refunded', 'credited', 'failed', 'expired', 'given-up')),
    pay_url text not null default '',
    made_at timestamptz not null,
    made_by int,
    expires_at timestamptz not null,
    paid_at timestamptz,
    ended_at timestamptz,
    asked_at timestamptz not null,
    reason text not null default '',
    version int not null default 1,
    primary key (cell_id, id),
    check ((paid_at is not null) = (state in ('paid', 'refunding', 'refunded', 'credited')))
);
create index online_payment_seller on payment.online_payment (cell_id, seller_id, id);
create index online_payment_buyer on payment.online_payment (cell_id, buyer_id, id);
create index online_payment_order on payment.online_payment (cell_id, order_id) where order_id is not null;
create index online_payment_asked on payment.online_payment (cell_id, asked_at)
    where state in ('expired', 'failed', 'given-up');

-- One row per step. `lease_no` is the fence: whoever fell silent and comes back finds another number, writes nothing.
create table payment.step (
    cell_id int not null,
    payment_id uuid not null,
    name text not null check (name in ('open', 'watch', 'close', 'refund')),
    state text not null check (state in ('waiting', 'done', 'failed')),
    attempts int not null default 0,
    due_at timestamptz not null,
    deadline_at timestamptz not null,
    lease_until timestamptz,
    lease_no int not null default 0,
    problem text,
    made_at timestamptz not null,
    done_at timestamptz,
    primary key (cell_id, payment_id, name),
    foreign key (cell_id, payment_id) references payment.online_payment (cell_id, id)
);
create index step_due on payment.step (cell_id, due_at) where state = 'waiting';
create index step_failed on payment.step (cell_id, payment_id) where state = 'failed';

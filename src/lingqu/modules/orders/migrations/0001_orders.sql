-- phase: expand
-- One order document seen from both sides; what only one side may see stands in tables of its own.
-- Everything stands in the seller's home cell, except drafts, which stand in the buyer's.

-- total = goods - discount + freight + tax, goods being net of tax.
create table orders.order (
    cell_id int not null,
    id uuid not null,
    kind text not null check (kind in ('channel', 'retail')),
    channel text not null check (channel in ('console', 'phone', 'pos', 'api', 'mall')),
    buyer uuid not null,
    buyer_id int references network.organization (id),
    seller uuid not null,
    seller_id int not null references network.organization (id),
    number text,
    status text not null check (status in ('placed', 'confirmed', 'completed', 'cancelled', 'expired')),
    approval_status text not null check (approval_status in ('none', 'waiting', 'approved', 'rejected')),
    payment_status text not null check (payment_status in ('none', 'held', 'part-paid', 'paid', 'refunded')),
    fulfilment_status text not null check (fulfilment_status in ('none', 'part-shipped', 'shipped', 'received')),
    return_status text not null check (return_status in ('none', 'part', 'all')),
    shortage_policy text not null check (shortage_policy in ('all-or-nothing', 'take-free', 'back-order')),
    title_passes text not null check (title_passes in ('shipment', 'receipt')),
    currency char(3) not null,
    goods_minor bigint not null,
    discount_minor bigint not null,
    freight_minor bigint not null,
    tax_minor bigint not null,
    total_minor bigint not null,
    freight_posted_minor bigint not null default 0,
    ship_from int not null references network.node (id),
    ship_to jsonb not null default '{}',
    business_on date not null,
    requested_on date,
    placed_at timestamptz not null,
    expires_at timestamptz,
    placed_by int,
    actor_party uuid not null,
    body_hash bytea not null,
    trace_id text not null default '',
    version int not null default 1,
    primary key (cell_id, id),
    check (total_minor = goods_minor - discount_minor + freight_minor + tax_minor)
) with (fillfactor = 80);
create index order_buyer on orders.order (cell_id, buyer, id);
create index order_seller on orders.order (cell_id, seller_id, id);
create index order_number on orders.order (cell_id, number) where number is not null;
create index order_expiry on orders.order (cell_id, expires_at) where expires_at is not null;

-- total is gross, tax is what it contains, both for `quantity`. Of the quantity ordered, each unit is reserved, back
-- ordered, cancelled or shipped; of what was shipped, each is in transit, received or short.
create table orders.line (
    cell_id int not null,
    order_id uuid not null,
    line_no smallint not null,
    sku_id int not null references catalog.sku (id),
    pack_id int not null references catalog.pack (id),
    key bigint not null,
    asked_packs int not null check (asked_packs > 0),
    packs int not null check (packs between 0 and asked_packs),
    units_per_pack int not null check (units_per_pack > 0),
    quantity bigint not null check (quantity = packs::bigint * units_per_pack),
    reserved bigint not null check (reserved >= 0),
    back_ordered bigint not null default 0 check (back_ordered >= 0),
    cancelled bigint not null default 0 check (cancelled >= 0),
    shipped bigint not null default 0 check (shipped >= 0),
    received bigint not null default 0 check (received >= 0),
    short bigint not null default 0 check (short >= 0),
    returned bigint not null default 0 check (returned between 0 and received),
    price_minor bigint not null,
    is_tax_included boolean not null,
    tax_ppm int not null,
    discount_minor bigint not null default 0,
    tax_minor bigint not null,
    total_minor bigint not null,
    price_item_id int,
    primary key (cell_id, order_id, line_no),
    foreign key (cell_id, order_id) references orders.order (cell_id, id),
    check (quantity = reserved + back_ordered + cancelled + shipped),
    check (received + short <= shipped)
) with (fillfactor = 80);
create index line_back_ordered on orders.line (cell_id, key) where back_ordered > 0;

-- Only the buyer sees this row.
create table orders.buyer_side (
    cell_id int not null,
    order_id uuid not null,
    po_number text not null default '',
    note text not null default '',
    receiving_node_id int references network.node (id),
    primary key (cell_id, order_id),
    foreign key (cell_id, order_id) references orders.order (cell_id, id)
);

-- Only the seller sees this row.
create table orders.seller_side (
    cell_id int not null,
    order_id uuid not null,
    note text not null default '',
    cost_minor bigint not null default 0,
    primary key (cell_id, order_id),
    foreign key (cell_id, order_id) references orders.order (cell_id, id)
);

-- Which accounts pay, in their order of use. What is neither settled nor released is held in ledger.hold.
create table orders.payment (
    cell_id int not null,
    order_id uuid not null,
    account_id uuid not null,
    position smallint not null,
    amount_minor bigint not null check (amount_minor >= 0),
    settled_minor bigint not null default 0 check (settled_minor >= 0),
    released_minor bigint not null default 0 check (released_minor >= 0),
    refunded_minor bigint not null default 0 check (refunded_minor between 0 and settled_minor),
    primary key (cell_id, order_id, account_id),
    foreign key (cell_id, order_id) references orders.order (cell_id, id),
    check (settled_minor + released_minor <= amount_minor)
);

-- Who took which step, when and why; `version` is the order's after it. Placing itself stands in the order's row.
create table orders.step (
    cell_id int not null,
    order_id uuid not null,
    id uuid not null,
    version int not null,
    name text not null,
    from_status text not null,
    to_status text not null,
    user_id int,
    actor_name text not null,
    reason text not null default '',
    facts jsonb not null default '{}',
    taken_at timestamptz not null,
    primary key (cell_id, order_id, id),
    foreign key (cell_id, order_id) references orders.order (cell_id, id)
);

-- Goods that left together. A shipment is received once, with what was missing.
create table orders.shipment (
    cell_id int not null,
    id uuid not null,
    order_id uuid not null,
    number text not null,
    status text not null check (status in ('shipped', 'received')),
    carrier text not null default '',
    tracking text not null default '',
    business_on date not null,
    shipped_at timestamptz not null,
    received_at timestamptz,
    primary key (cell_id, id),
    foreign key (cell_id, order_id) references orders.order (cell_id, id)
);
create index shipment_order on orders.shipment (cell_id, order_id);

create table orders.shipment_line (
    cell_id int not null,
    shipment_id uuid not null,
    position smallint not null,
    order_id uuid not null,
    line_no smallint not null,
    lot_id uuid,
    lot_code text,
    produced_on date,
    expires_on date,
    quantity bigint not null check (quantity > 0),
    received bigint not null default 0,
    short bigint not null default 0,
    short_reason text not null default '',
    cost_minor bigint not null default 0,
    primary key (cell_id, shipment_id, position),
    foreign key (cell_id, shipment_id) references orders.shipment (cell_id, id),
    check (received >= 0 and short >= 0 and received + short <= quantity)
);

-- Goods that go back. Asked for by the buyer, decided and taken in by the seller, refunded then.
create table orders.return (
    cell_id int not null,
    id uuid not null,
    order_id uuid not null,
    number text not null,
    status text not null check (status in ('requested', 'accepted', 'rejected')),
    reason text not null,
    decision_reason text not null default '',
    refund_minor bigint not null default 0,
    requested_at timestamptz not null,
    decided_at timestamptz,
    primary key (cell_id, id),
    foreign key (cell_id, order_id) references orders.order (cell_id, id)
);
create index return_order on orders.return (cell_id, order_id);

create table orders.return_line (
    cell_id int not null,
    return_id uuid not null,
    line_no smallint not null,
    quantity bigint not null check (quantity > 0),
    refund_minor bigint not null default 0,
    primary key (cell_id, return_id, line_no),
    foreign key (cell_id, return_id) references orders.return (cell_id, id)
);

-- A basket not placed yet; it bears the order's id from birth. `content` is the body that placing will send.
create table orders.draft (
    cell_id int not null,
    id uuid not null,
    buyer_id int not null references network.organization (id),
    seller_id int not null references network.organization (id),
    content jsonb not null,
    saved_by int,
    saved_at timestamptz not null,
    version int not null default 1,
    primary key (cell_id, id)
);
create index draft_buyer on orders.draft (cell_id, buyer_id);

-- What an Idempotency-Key that is no UUIDv7 stands for. The actor's home cell holds it.
create table orders.key (
    cell_id int not null,
    actor uuid not null,
    key text not null,
    order_id uuid not null,
    primary key (cell_id, actor, key)
);

-- phase: expand
-- One order document seen from both sides; what only one side may see stands in tables of its own.

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
    status text not null check (status in
        ('draft', 'placed', 'confirmed', 'completed', 'cancelled', 'expired')),
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
    ship_from int not null references network.node (id),
    ship_to jsonb not null default '{}',
    business_on date not null,
    requested_on date,
    promised_on date,
    placed_at timestamptz,
    expires_at timestamptz,
    placed_by int,
    actor_party uuid not null,
    body_hash bytea not null,
    trace_id text not null default '',
    recorded_at timestamptz not null,
    version int not null default 1,
    primary key (cell_id, id)
) with (fillfactor = 80);
create index order_buyer on orders.order (cell_id, buyer, id);
create index order_seller on orders.order (cell_id, seller_id, id);
create index order_expiry on orders.order (cell_id, expires_at) where expires_at is not null;

create table orders.line (
    cell_id int not null,
    order_id uuid not null,
    line_no smallint not null,
    sku_id int not null references catalog.sku (id),
    pack_id int not null references catalog.pack (id),
    key bigint not null,
    packs int not null check (packs > 0),
    units_per_pack int not null check (units_per_pack > 0),
    quantity bigint not null check (quantity = packs::bigint * units_per_pack),
    reserved bigint not null default 0,
    back_ordered bigint not null default 0,
    cancelled bigint not null default 0,
    shipped bigint not null default 0,
    received bigint not null default 0,
    returned bigint not null default 0,
    price_minor bigint not null,
    is_tax_included boolean not null,
    tax_ppm int not null,
    discount_minor bigint not null default 0,
    tax_minor bigint not null,
    total_minor bigint not null,
    price_item_id int,
    primary key (cell_id, order_id, line_no),
    foreign key (cell_id, order_id) references orders.order (cell_id, id)
) with (fillfactor = 80);

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
    cost_minor bigint,
    routing jsonb,
    primary key (cell_id, order_id),
    foreign key (cell_id, order_id) references orders.order (cell_id, id)
);

-- Which accounts pay, in which order of use.
create table orders.payment (
    cell_id int not null,
    order_id uuid not null,
    account_id uuid not null,
    position smallint not null,
    amount_minor bigint not null check (amount_minor >= 0),
    primary key (cell_id, order_id, account_id),
    foreign key (cell_id, order_id) references orders.order (cell_id, id)
);

-- Who took which step, when and why.
create table orders.step (
    cell_id int not null,
    order_id uuid not null,
    id uuid not null,
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

-- phase: expand
-- Balances, lots, moves, reservations, cost. key = bin << 32 | sku.

-- Running sums. on_hand changes only together with a move; reserved only together with a reservation.
create table stock.balance (
    cell_id int not null,
    key bigint not null,
    bin_id int not null references network.bin (id),
    sku_id int not null references catalog.sku (id),
    on_hand bigint not null default 0,
    reserved bigint not null default 0,
    next_expiry_on date,
    version bigint not null default 0,
    primary key (cell_id, key),
    check (key = (bin_id::bigint << 32) | sku_id),
    check (on_hand >= 0),
    check (reserved >= 0),
    check (reserved <= on_hand)
) with (fillfactor = 70);
create index balance_bin on stock.balance (cell_id, bin_id);
create index balance_sku on stock.balance (cell_id, sku_id);
create index balance_expiry on stock.balance (cell_id, next_expiry_on) where next_expiry_on is not null;

create table stock.lot (
    cell_id int not null,
    id uuid not null,
    sku_id int not null references catalog.sku (id),
    code text not null,
    produced_on date,
    expires_on date,
    primary key (cell_id, id),
    unique (cell_id, sku_id, code)
);

create table stock.lot_balance (
    cell_id int not null,
    key bigint not null,
    lot_id uuid not null,
    expires_on date,
    on_hand bigint not null check (on_hand >= 0),
    primary key (cell_id, key, lot_id),
    foreign key (cell_id, lot_id) references stock.lot (cell_id, id)
) with (fillfactor = 70);

-- The only cause of a change of on-hand; immutable. Goods that go from bin to bin are two moves of one document.
create table stock.move (
    cell_id int not null,
    id uuid not null,
    key bigint not null,
    lot_id uuid,
    quantity bigint not null check (quantity <> 0),
    kind text not null check (kind in
        ('opening', 'receipt', 'issue', 'return', 'adjustment', 'count', 'transfer-out', 'transfer-in', 'block')),
    document_kind text not null,
    document_id uuid not null,
    line_no smallint not null default 0,
    reason text,
    cost_minor bigint,
    business_on date not null,
    recorded_at timestamptz not null,
    user_id int,
    primary key (cell_id, id)
);
create index move_key on stock.move (cell_id, key, id);
create index move_time on stock.move (recorded_at, id);
create index move_document on stock.move (cell_id, document_id);

-- A claim on free stock. quantity is what is still held; it falls when goods are issued or released.
create table stock.reservation (
    cell_id int not null,
    document_id uuid not null,
    line_no smallint not null,
    key bigint not null,
    quantity bigint not null check (quantity >= 0),
    expires_at timestamptz,
    primary key (cell_id, document_id, line_no, key)
) with (fillfactor = 70);
create index reservation_key on stock.reservation (cell_id, key) where quantity > 0;
create index reservation_expiry on stock.reservation (cell_id, expires_at)
    where quantity > 0 and expires_at is not null;

-- Moving-average cost: value / quantity per owner and SKU; the fraction is kept, only postings round.
create table stock.cost (
    cell_id int not null,
    owner_id int not null references network.organization (id),
    sku_id int not null references catalog.sku (id),
    currency char(3) not null,
    quantity bigint not null,
    value_minor bigint not null,
    version bigint not null default 0,
    primary key (cell_id, owner_id, sku_id)
);

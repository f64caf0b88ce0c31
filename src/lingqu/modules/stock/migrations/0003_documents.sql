-- phase: expand
-- Count sheets and transfers between nodes of one organization. Both live in the home cell of the node they start at.

create table stock.count_sheet (
    cell_id int not null,
    id uuid not null,
    organization_id int not null references network.organization (id),
    node_id int not null references network.node (id),
    bin_id int not null references network.bin (id),
    title text not null,
    status text not null check (status in ('open', 'posted', 'cancelled')),
    opened_at timestamptz not null,
    opened_by int,
    closed_at timestamptz,
    closed_by int,
    version int not null default 1,
    primary key (cell_id, id)
);
create index count_sheet_node on stock.count_sheet (cell_id, node_id);

-- expected is what the books said in the moment the count was entered: what is sold later does not disturb the
-- difference. lot_id is all zeros for goods without a lot. counted null: not counted yet.
create table stock.count_line (
    cell_id int not null,
    sheet_id uuid not null,
    sku_id int not null references catalog.sku (id),
    lot_id uuid not null,
    lot_code text,
    expires_on date,
    counted bigint check (counted >= 0),
    expected bigint,
    entered_at timestamptz,
    entered_by int,
    primary key (cell_id, sheet_id, sku_id, lot_id),
    foreign key (cell_id, sheet_id) references stock.count_sheet (cell_id, id),
    check ((counted is null) = (expected is null))
);

create table stock.transfer (
    cell_id int not null,
    id uuid not null,
    organization_id int not null references network.organization (id),
    from_node_id int not null references network.node (id),
    to_node_id int not null references network.node (id),
    status text not null check (status in ('requested', 'in-transit', 'closed', 'cancelled')),
    note text not null default '',
    reason text,
    requested_at timestamptz not null,
    requested_by int,
    closed_at timestamptz,
    version int not null default 1,
    primary key (cell_id, id),
    check (from_node_id <> to_node_id)
);
create index transfer_from on stock.transfer (cell_id, from_node_id);
create index transfer_to on stock.transfer (cell_id, to_node_id);

create table stock.transfer_line (
    cell_id int not null,
    transfer_id uuid not null,
    line_no smallint not null,
    sku_id int not null references catalog.sku (id),
    quantity bigint not null check (quantity > 0),
    shipped bigint not null default 0,
    received bigint not null default 0,
    lost bigint not null default 0,
    primary key (cell_id, transfer_id, line_no),
    foreign key (cell_id, transfer_id) references stock.transfer (cell_id, id),
    check (shipped between 0 and quantity),
    check (received >= 0 and lost >= 0 and received + lost <= shipped)
);

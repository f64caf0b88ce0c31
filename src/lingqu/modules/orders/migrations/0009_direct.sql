-- phase: expand
-- Goods that a supplier sends straight to its buyer's buyer: two orders that stand back to back, step for step.

-- selling: some of its lines come (or came) from suppliers; buying: it is the order that buys such lines.
alter table orders.order add column direct text check (direct in ('selling', 'buying'));
-- Who sends this line; null: its seller. Its key is the seller's in-transit bin at the supplier's node, and what is
-- still to come of it counts as back ordered here, because it is reserved in the order that buys it.
alter table orders.line add column supplier_id int references network.organization (id);
-- The shipment of the buying order whose goods these are.
alter table orders.shipment add column source_cell int;
alter table orders.shipment add column source_id uuid;
-- The return of the other order of the pair that goes with this one.
alter table orders.return add column twin_cell int;
alter table orders.return add column twin_id uuid;

-- An order that buys what its buyer has sold already, and the order it was sold with. fee_ppm is as offered on the day.
create table orders.direct_order (
    cell_id int not null,
    order_id uuid not null,
    for_cell int not null,
    for_order_id uuid not null,
    fee_ppm int not null check (fee_ppm between 0 and 500000),
    primary key (cell_id, order_id)
);
create index direct_order_for on orders.direct_order (for_cell, for_order_id);

-- Which line buys which. A line that the supplier let go of before anything left has no row any more.
create table orders.direct_line (
    cell_id int not null,
    order_id uuid not null,
    line_no smallint not null,
    supplier_cell int not null,
    supplier_order_id uuid not null,
    supplier_line_no smallint not null,
    primary key (cell_id, order_id, line_no),
    unique (cell_id, supplier_order_id, supplier_line_no)
);
create index direct_line_supplier on orders.direct_line (supplier_cell, supplier_order_id);

-- phase: expand
-- What a supplier offers to a buyer that sells on: to send goods straight to the buyer's own buyers, for a service fee.

-- fee_ppm: what the supplier pays the buyer, of what it charges the buyer for the goods without tax.
-- node_ids: from which of its nodes; none named: from every open one.
create table routing.direct_offer (
    seller_id int not null references network.organization (id),
    buyer_id int not null references network.organization (id),
    fee_ppm int not null check (fee_ppm between 0 and 500000),
    node_ids int[] not null default '{}',
    is_active boolean not null,
    version int not null default 1,
    primary key (seller_id, buyer_id),
    check (seller_id <> buyer_id)
);
create index direct_offer_buyer on routing.direct_offer (buyer_id);

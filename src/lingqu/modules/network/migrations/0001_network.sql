-- phase: expand
-- Organizations, product lines, trade links with grants, nodes, bins, seller epochs.

create table network.organization (
    id int generated always as identity primary key,
    party_id uuid not null unique references identity.party (id),
    walk_in_party_id uuid not null unique references identity.party (id),
    kind text not null check (kind in ('platform', 'brand', 'supplier', 'distributor', 'dealer')),
    parent_id int references network.organization (id),
    level text not null default '',
    code text not null unique,
    name text not null,
    name_en text not null default '',
    credit_code text,
    region_id int references identity.region (id),
    address text not null default '',
    latitude double precision,
    longitude double precision,
    contact_name text not null default '',
    contact_phone text not null default '',
    home_cell int not null,
    time_zone text not null,
    currency char(3) not null,
    status text not null check (status in ('applied', 'approved', 'active', 'suspended', 'closed')),
    contract_from date,
    contract_until date,
    sort_key text not null,
    search text[] not null,
    created_at timestamptz not null,
    version int not null default 1,
    check (contract_until is null or contract_from is null or contract_until > contract_from)
);
create index organization_parent on network.organization (parent_id);
create index organization_search on network.organization using gin (search);

create table network.product_line (
    id int generated always as identity primary key,
    brand_id int not null references network.organization (id),
    code text not null,
    name_zh text not null,
    name_en text not null,
    version int not null default 1,
    unique (brand_id, code)
);

-- Who may buy from whom, and how they trade.
create table network.trade_link (
    id int generated always as identity primary key,
    seller_id int not null references network.organization (id),
    buyer_id int not null references network.organization (id),
    status text not null check (status in ('active', 'suspended', 'closed')),
    valid_from date not null,
    valid_until date,
    shortage_policy text not null default 'all-or-nothing'
        check (shortage_policy in ('all-or-nothing', 'take-free', 'back-order')),
    title_passes text not null default 'shipment' check (title_passes in ('shipment', 'receipt')),
    approval_hours int not null default 48 check (approval_hours > 0),
    payment_days int not null default 0 check (payment_days >= 0),
    -- Orders above it wait for the seller's approval; null: never.
    approval_above_minor bigint check (approval_above_minor >= 0),
    version int not null default 1,
    unique (seller_id, buyer_id),
    check (seller_id <> buyer_id),
    check (valid_until is null or valid_until > valid_from)
);
create index trade_link_buyer on network.trade_link (buyer_id);

-- What a link allows; revoking is effective at the next read. product_line_id null: every line.
create table network.link_grant (
    id int generated always as identity primary key,
    link_id int not null references network.trade_link (id),
    capability text not null check (capability in ('order', 'see-stock', 'see-price', 'return')),
    product_line_id int references network.product_line (id),
    granted_at timestamptz not null,
    revoked_at timestamptz,
    revoked_reason text
);
create unique index link_grant_live on network.link_grant (link_id, capability, product_line_id)
    nulls not distinct where revoked_at is null;

create table network.node (
    id int generated always as identity primary key,
    organization_id int not null references network.organization (id),
    kind text not null check (kind in ('warehouse', 'shop', 'van')),
    code text not null,
    name text not null,
    region_id int references identity.region (id),
    address text not null default '',
    latitude double precision,
    longitude double precision,
    home_cell int not null,
    is_open boolean not null default true,
    version int not null default 1,
    unique (organization_id, code)
);

-- A node's stock of one owner in one state. peer_cell: an in-transit bin towards that cell.
create table network.bin (
    id int generated always as identity primary key,
    node_id int not null references network.node (id),
    owner_id int not null references network.organization (id),
    state text not null check (state in ('sellable', 'blocked', 'in-transit', 'consigned')),
    peer_cell int,
    home_cell int not null,
    unique nulls not distinct (node_id, owner_id, state, peer_cell)
);

-- Raised with every change of price, grant, floor, tax, catalogue or territory that concerns the seller.
create table network.epoch (
    cell_id int not null,
    seller_id int not null references network.organization (id),
    value bigint not null,
    primary key (cell_id, seller_id)
);

-- Raise the epoch of some sellers of one cell, in key order.
create function network.bump_epoch_v1(p_cell int, p_seller int[]) returns void
language plpgsql set search_path = network, pg_temp as $$
begin
    insert into network.epoch as e (cell_id, seller_id, value)
    select p_cell, s.seller_id, 1 from unnest(p_seller) as s (seller_id) order by s.seller_id
    on conflict (cell_id, seller_id) do update set value = e.value + 1;
end $$;

-- Who moved an organization from one status to the next, when and why.
create table network.step (
    id int generated always as identity primary key,
    organization_id int not null references network.organization (id),
    name text not null,
    from_status text not null,
    to_status text not null,
    user_id int references identity.user (id),
    actor_name text not null,
    reason text not null,
    taken_at timestamptz not null
);
create index step_organization on network.step (organization_id, id);

-- Set anew, to a value never used before, by whatever changes who sees what: processes that remember the tree compare
-- it at every request.
create table network.revision (
    is_single boolean primary key default true check (is_single),
    value uuid not null
);
insert into network.revision (value) values ('00000000-0000-0000-0000-000000000000');

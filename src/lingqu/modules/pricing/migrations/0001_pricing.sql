-- phase: expand
-- Price lists, who they are for, their prices; limits on resale; minimums, multiples and terms of trade.

create table pricing.price_list (
    id int generated always as identity primary key,
    seller_id int not null references network.organization (id),
    code text not null,
    name text not null,
    currency char(3) not null,
    is_tax_included boolean not null,
    status text not null default 'draft' check (status in ('draft', 'published', 'archived')),
    valid_from date not null,
    valid_until date,
    note text not null default '',
    sort_key text not null,
    search text[] not null,
    created_at timestamptz not null,
    version int not null default 1,
    unique (seller_id, code),
    check (valid_until is null or valid_until > valid_from)
);
create index price_list_search on pricing.price_list using gin (search);

-- Whom a list is for. The order of audiences is the order of precedence (docs/adr/0008).
create table pricing.assignment (
    id int generated always as identity primary key,
    list_id int not null references pricing.price_list (id),
    audience text not null check (audience in ('organization', 'level', 'territory', 'everybody', 'consumer')),
    organization_id int references network.organization (id),
    level text,
    check ((audience = 'organization') = (organization_id is not null)),
    check ((audience = 'level') = (level is not null)),
    unique nulls not distinct (list_id, audience, organization_id, level)
);
create index assignment_organization on pricing.assignment (organization_id) where organization_id is not null;

-- The territory of an assignment: a set of regions; a region stands for everything inside it.
create table pricing.assignment_region (
    assignment_id int not null references pricing.assignment (id) on delete cascade,
    region_id int not null references identity.region (id),
    primary key (assignment_id, region_id)
);

-- The price of one pack when at least min_packs of it are bought. Of two that are valid on a day the one that
-- began later counts, so a week's special price may lie inside a year's.
create table pricing.price_item (
    id int generated always as identity primary key,
    list_id int not null references pricing.price_list (id),
    sku_id int not null references catalog.sku (id),
    pack_id int not null references catalog.pack (id),
    min_packs int not null default 1 check (min_packs > 0),
    valid_from date not null,
    valid_until date,
    price_minor bigint not null check (price_minor >= 0),
    version int not null default 1,
    unique (list_id, pack_id, min_packs, valid_from),
    check (valid_until is null or valid_until > valid_from)
);
create index price_item_sku on pricing.price_item (list_id, sku_id);

-- What a brand or an upstream seller allows those below it to ask for a pack when they sell it on.
create table pricing.resale_limit (
    id int generated always as identity primary key,
    setter_id int not null references network.organization (id),
    sku_id int not null references catalog.sku (id),
    pack_id int not null references catalog.pack (id),
    seller_kind text not null check (seller_kind in ('supplier', 'distributor', 'dealer')),
    channel text not null check (channel in ('trade', 'retail')),
    currency char(3) not null,
    is_tax_included boolean not null,
    floor_minor bigint check (floor_minor >= 0),
    ceiling_minor bigint check (ceiling_minor >= 0),
    valid_from date not null,
    valid_until date,
    version int not null default 1,
    unique (setter_id, pack_id, seller_kind, channel, valid_from),
    check (floor_minor is not null or ceiling_minor is not null),
    check (floor_minor is null or ceiling_minor is null or floor_minor <= ceiling_minor),
    check (valid_until is null or valid_until > valid_from)
);
create index resale_limit_pack on pricing.resale_limit (pack_id);

-- How much of a SKU a seller sells at least, and in which steps; both in base units, counted over a whole order.
create table pricing.order_rule (
    seller_id int not null references network.organization (id),
    sku_id int not null references catalog.sku (id),
    min_quantity bigint not null default 1 check (min_quantity > 0),
    multiple_of bigint not null default 1 check (multiple_of > 0),
    version int not null default 1,
    primary key (seller_id, sku_id)
);

-- Terms of one link; the row without a buyer is the seller's default. Amounts with tax, in the seller's currency.
-- Freight is flat; an order of at least free_freight_from_minor pays none.
create table pricing.terms (
    id int generated always as identity primary key,
    seller_id int not null references network.organization (id),
    buyer_id int references network.organization (id),
    minimum_minor bigint not null default 0 check (minimum_minor >= 0),
    freight_minor bigint not null default 0 check (freight_minor >= 0),
    free_freight_from_minor bigint check (free_freight_from_minor >= 0),
    version int not null default 1,
    unique nulls not distinct (seller_id, buyer_id),
    check (seller_id <> buyer_id)
);

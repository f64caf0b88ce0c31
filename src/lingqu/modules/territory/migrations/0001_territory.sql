-- phase: expand
-- Counties per product line: whose they are, from a day until a day.

-- key holds one place: line << 32 | region. The embedded PostgreSQL has no btree_gist, so a range of one number
-- stands where an equality would.
create table territory.territory (
    id int generated always as identity primary key,
    organization_id int not null references network.organization (id),
    product_line_id int not null references network.product_line (id),
    region_id int not null references identity.region (id),
    valid_from date not null,
    valid_until date,
    key int8range not null generated always as (
        int8range((product_line_id::bigint << 32) | region_id, ((product_line_id::bigint << 32) | region_id) + 1)
    ) stored,
    period daterange not null generated always as (daterange(valid_from, valid_until)) stored,
    granted_at timestamptz not null,
    check (valid_until >= valid_from),
    constraint territory_is_exclusive exclude using gist (key with &&, period with &&)
);
create index territory_organization on territory.territory (organization_id);

-- A dealer's part of its distributor's territory.
create table territory.area (
    id int generated always as identity primary key,
    territory_id int not null references territory.territory (id),
    organization_id int not null references network.organization (id),
    product_line_id int not null references network.product_line (id),
    region_id int not null references identity.region (id),
    valid_from date not null,
    valid_until date,
    key int8range not null generated always as (
        int8range((product_line_id::bigint << 32) | region_id, ((product_line_id::bigint << 32) | region_id) + 1)
    ) stored,
    period daterange not null generated always as (daterange(valid_from, valid_until)) stored,
    granted_at timestamptz not null,
    check (valid_until >= valid_from),
    constraint area_is_exclusive exclude using gist (key with &&, period with &&)
);
create index area_organization on territory.area (organization_id);
create index area_territory on territory.area (territory_id);

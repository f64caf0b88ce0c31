-- phase: expand
-- SKUs, categories, tax classes, packs, barcodes.

create table catalog.category (
    id int generated always as identity primary key,
    brand_id int not null references network.organization (id),
    parent_id int references catalog.category (id),
    code text not null,
    name_zh text not null,
    name_en text not null,
    version int not null default 1,
    unique (brand_id, code)
);

create table catalog.tax_class (
    id int generated always as identity primary key,
    code text not null unique,
    name_zh text not null,
    name_en text not null,
    rate_ppm int not null check (rate_ppm between 0 and 1000000),
    version int not null default 1
);

-- Variants of one product share product_code and differ in attributes.
create table catalog.sku (
    id int generated always as identity primary key,
    brand_id int not null references network.organization (id),
    product_line_id int not null references network.product_line (id),
    category_id int references catalog.category (id),
    tax_class_id int not null references catalog.tax_class (id),
    code text not null,
    product_code text not null,
    attributes jsonb not null default '{}',
    name_zh text not null,
    name_en text not null,
    base_unit text not null,
    is_lot_tracked boolean not null default false,
    is_serialised boolean not null default false,
    is_weighed boolean not null default false,
    shelf_life_days int check (shelf_life_days > 0),
    weight_g int check (weight_g >= 0),
    volume_ml int check (volume_ml >= 0),
    status text not null default 'active' check (status in ('active', 'discontinued', 'archived')),
    successor_id int references catalog.sku (id),
    sort_key text not null,
    search text[] not null,
    created_at timestamptz not null,
    version int not null default 1,
    unique (brand_id, code)
);
create index sku_line on catalog.sku (product_line_id);
create index sku_product on catalog.sku (brand_id, product_code);
create index sku_search on catalog.sku using gin (search);

-- A pack is an exact number of base units. The base unit itself is the pack with units = 1.
create table catalog.pack (
    id int generated always as identity primary key,
    sku_id int not null references catalog.sku (id),
    code text not null,
    name_zh text not null,
    name_en text not null,
    units int not null check (units > 0),
    gtin char(14) unique,
    is_orderable boolean not null default true,
    version int not null default 1,
    unique (sku_id, code)
);

-- An organization's own codes beside the GTIN.
create table catalog.barcode (
    id int generated always as identity primary key,
    pack_id int not null references catalog.pack (id),
    organization_id int not null references network.organization (id),
    code text not null,
    unique (organization_id, code)
);

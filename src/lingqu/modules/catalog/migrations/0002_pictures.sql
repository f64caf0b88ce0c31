-- phase: expand
-- Pictures of a SKU, in the order in which they are shown; the first one stands for the SKU in lists.

create table catalog.picture (
    id int generated always as identity primary key,
    sku_id int not null references catalog.sku (id),
    file_id uuid not null references files.file (id),
    place int not null check (place >= 0),
    alt_zh text not null,
    alt_en text not null,
    added_at timestamptz not null,
    version int not null default 1,
    unique (sku_id, file_id),
    unique (sku_id, place) deferrable initially deferred
);
create index picture_file on catalog.picture (file_id);

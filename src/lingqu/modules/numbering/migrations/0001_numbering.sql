-- phase: expand
-- The next number of each series, in the issuing organization's home cell.
create table numbering.series (
    cell_id int not null,
    organization_id int not null,
    kind text not null,
    period int not null check (period between 190001 and 999912),
    next int not null check (next > 0),
    primary key (cell_id, organization_id, kind, period)
);

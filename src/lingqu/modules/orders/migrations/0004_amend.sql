-- phase: expand
-- What became of a placed order after placing: each change as both sides see it, and how a seller shares what arrives.

-- One change of a placed order: made at once, or proposed until the other side has decided. `asked` is the wish as it
-- can be taken again, `before` and `after` what it changes; only what both sides may see stands here. `version` is the
-- order's once the change is made, or the one that it was proposed on.
create table orders.revision (
    cell_id int not null,
    order_id uuid not null,
    id uuid not null,
    side text not null check (side in ('buyer', 'seller')),
    status text not null check (status in ('proposed', 'made', 'declined', 'withdrawn')),
    reason text not null,
    asked jsonb not null,
    before jsonb not null,
    after jsonb not null,
    version int not null,
    asked_by int,
    asked_by_name text not null,
    asked_at timestamptz not null,
    decided_by int,
    decided_by_name text not null default '',
    decided_at timestamptz,
    decision_reason text not null default '',
    primary key (cell_id, order_id, id),
    foreign key (cell_id, order_id) references orders.order (cell_id, id)
);
create unique index revision_proposed on orders.revision (cell_id, order_id) where status = 'proposed';

-- How a seller shares goods that arrive among the orders that wait for them. Without a row: oldest first, by itself.
-- `levels` names dealer levels, the first served first; a level that is not named comes last.
create table orders.sharing (
    cell_id int not null,
    seller_id int not null,
    policy text not null check (policy in ('oldest', 'level', 'fair')),
    levels text[] not null default '{}',
    is_automatic boolean not null,
    changed_by int,
    changed_at timestamptz not null,
    version int not null default 1,
    primary key (cell_id, seller_id)
);

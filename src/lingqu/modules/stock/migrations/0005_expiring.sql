-- phase: expand
-- What has run out is asked by key, and only of reservations that can run out: those of orders that wait. The index
-- over all of them cost every order line a write, and a search for what had run out read all that a key had promised.
create index reservation_expiring on stock.reservation (cell_id, key, expires_at)
    where quantity > 0 and expires_at is not null;
drop index stock.reservation_key;

-- phase: expand
-- What a move and a new balance cost beside themselves. An index whose equal entries lie together is a fifth as large:
-- moves are listed by time, and those of one transaction have one; the moves of a key are always read together.
create index move_by_key on stock.move (cell_id, key);
drop index stock.move_key;
create index move_by_time on stock.move (recorded_at);
drop index stock.move_time;
-- A foreign key asks once a row: two thirds of what a shop's first bottle of a kind cost. Bins, SKUs and owners are
-- never removed, and keys are made of those that were found; `verify` proves that they belong (stock.rows-belong).
alter table stock.balance drop constraint balance_bin_id_fkey, drop constraint balance_sku_id_fkey;
alter table stock.cost drop constraint cost_owner_id_fkey, drop constraint cost_sku_id_fkey;

-- phase: expand
-- A basket has a name of its own, and what is thrown away can be brought back for a while.
alter table orders.draft add column name text not null default '';
alter table orders.draft add column deleted_at timestamptz;

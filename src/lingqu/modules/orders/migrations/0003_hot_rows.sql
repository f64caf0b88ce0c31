-- phase: expand
-- The rows that placing writes are checked as a whole by `lingqu verify`, not one by one by foreign keys: thirteen
-- look-ups an order were more than a third of its time in the database (ADR 0014). What a row points to is written by
-- the same function (order and line) or comes from the price book, and is archived, never deleted (organization, node,
-- SKU, pack).
alter table orders.order drop constraint order_buyer_id_fkey;
alter table orders.order drop constraint order_seller_id_fkey;
alter table orders.order drop constraint order_ship_from_fkey;
alter table orders.line drop constraint line_sku_id_fkey;
alter table orders.line drop constraint line_pack_id_fkey;
alter table orders.line drop constraint line_cell_id_order_id_fkey;
alter table orders.payment drop constraint payment_cell_id_order_id_fkey;

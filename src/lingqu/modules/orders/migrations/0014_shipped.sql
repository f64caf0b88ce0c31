-- phase: expand
-- Lines of a shipment are loaded by `copy` right after their shipment, by the same function; the check of orders proves
-- that they belong to it, as it does for the rows of placing (ADR 0014). Each is written again once, when it arrives,
-- and each line of an order twice: room on their pages spares their indexes that.
alter table orders.shipment_line drop constraint shipment_line_cell_id_shipment_id_fkey;
alter table orders.shipment_line set (fillfactor = 70);
alter table orders.line set (fillfactor = 60);

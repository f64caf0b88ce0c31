-- phase: contract
-- Nothing calls these any more: place_v2 decides, and rows are loaded by `copy`.
drop function orders.place_v1;
drop function orders.insert_v1;

-- phase: contract
-- Only orders.place_v1 called it.
drop function runtime.emit_v1;

-- phase: expand
-- Publish events from inside another module's function: one outbox row for the batch.
create function runtime.emit_v1(p_cell int, p_id uuid, p_events jsonb, p_now timestamptz) returns void
language plpgsql set search_path = runtime, pg_temp as $$
begin
    insert into runtime.outbox (cell_id, id, events, recorded_at) values (p_cell, p_id, p_events, p_now);
end $$;

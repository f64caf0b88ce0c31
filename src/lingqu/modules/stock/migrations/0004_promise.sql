-- phase: expand
-- Promise goods without writing the reservations: whoever places many orders loads those rows by `copy`, in the same
-- transaction. After short_v1 or lock_v1; p_need is the sum per key.
create function stock.promise_v1(p_cell int, p_key bigint[], p_need bigint[]) returns void
language plpgsql set search_path = stock, pg_temp as $$
declare
    v_count int;
begin
    update stock.balance as b
    set reserved = b.reserved + p_need[width_bucket(b.key, p_key)], version = b.version + 1
    where b.cell_id = p_cell and b.key = any (p_key)
      and b.on_hand - b.reserved >= p_need[width_bucket(b.key, p_key)];
    get diagnostics v_count = row_count;
    if v_count <> cardinality(p_key) then
        raise exception 'stock rows moved, retry' using errcode = '40001';
    end if;
end $$;

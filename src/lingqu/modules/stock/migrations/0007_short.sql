-- phase: expand
-- As short_v1, but locks nothing: promise_v2 looks again at every row it writes, and fails where a row became short
-- or came to hold a lot that expires.
create function stock.short_v2(p_cell int, p_key bigint[], p_need bigint[], p_business_on date) returns bigint[]
language plpgsql stable set search_path = stock, pg_temp as $$
declare
    v_enough bigint[];
begin
    v_enough := array (
        select b.key from stock.balance as b
        where b.cell_id = p_cell and b.key = any (p_key)
          and b.on_hand - b.reserved >= p_need[width_bucket(b.key, p_key)]
          and (b.next_expiry_on is null or b.next_expiry_on > p_business_on));
    if cardinality(v_enough) = cardinality(p_key) then
        return '{}';
    end if;
    return array (
        select k.key from unnest(p_key) as k (key) except select e.key from unnest(v_enough) as e (key) order by 1);
end $$;

-- As promise_v1, without locks taken before: rows are taken in the order of their keys, which is the order of the
-- index, and of no other plan.
create function stock.promise_v2(p_cell int, p_key bigint[], p_need bigint[], p_business_on date) returns void
language plpgsql
set search_path = stock, pg_temp set enable_bitmapscan = off set enable_seqscan = off as $$
declare
    v_count int;
begin
    update stock.balance as b
    set reserved = b.reserved + p_need[width_bucket(b.key, p_key)], version = b.version + 1
    where b.cell_id = p_cell and b.key = any (p_key)
      and b.on_hand - b.reserved >= p_need[width_bucket(b.key, p_key)]
      and (b.next_expiry_on is null or b.next_expiry_on > p_business_on);
    get diagnostics v_count = row_count;
    if v_count <> cardinality(p_key) then
        raise exception 'stock rows moved, retry' using errcode = '40001';
    end if;
end $$;

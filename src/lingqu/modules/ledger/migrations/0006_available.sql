-- phase: expand
-- As lock_v2, but locks nothing: promise_v2 looks again at every row it writes.
create function ledger.available_v1(p_cell int, p_account uuid[], out at int[], out available bigint[]) returns record
language plpgsql stable set search_path = ledger, pg_temp as $$
begin
    select coalesce(array_agg(width_bucket(b.account_id, p_account)), '{}'),
           coalesce(array_agg(coalesce(b.posted - b.held - b.floor, 9223372036854775807)), '{}')
    into at, available
    from ledger.balance as b
    where b.cell_id = p_cell and b.account_id = any (p_account);
end $$;

-- As promise_v1, without locks taken before: rows are taken in the order of their accounts, which is the order of the
-- index, and of no other plan.
create function ledger.promise_v2(p_cell int, p_account uuid[], p_need bigint[]) returns void
language plpgsql
set search_path = ledger, pg_temp set enable_bitmapscan = off set enable_seqscan = off as $$
declare
    v_count int;
begin
    update ledger.balance as b
    set held = b.held + p_need[width_bucket(b.account_id, p_account)], version = b.version + 1
    where b.cell_id = p_cell and b.account_id = any (p_account)
      and (b.floor is null or b.posted - b.held - b.floor >= p_need[width_bucket(b.account_id, p_account)]);
    get diagnostics v_count = row_count;
    if v_count <> cardinality(p_account) then
        raise exception 'balance rows moved, retry' using errcode = '40001';
    end if;
end $$;

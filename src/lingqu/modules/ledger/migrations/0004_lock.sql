-- phase: expand
-- Lock accounts in order and tell what each that exists may still give: its place in p_account, which ascends, and the
-- amount. As lock_v1, without a row for each that is asked for.
create function ledger.lock_v2(p_cell int, p_account uuid[], out at int[], out available bigint[]) returns record
language plpgsql set search_path = ledger, pg_temp as $$
begin
    select coalesce(array_agg(width_bucket(s.account_id, p_account)), '{}'), coalesce(array_agg(s.available), '{}')
    into at, available
    from (select b.account_id, coalesce(b.posted - b.held - b.floor, 9223372036854775807) as available
          from ledger.balance as b
          where b.cell_id = p_cell and b.account_id = any (p_account) order by b.account_id for update) as s;
end $$;

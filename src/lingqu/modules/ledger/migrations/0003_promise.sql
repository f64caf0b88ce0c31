-- phase: expand
-- Promise money without writing the holds: whoever places many orders loads those rows by `copy`, in the same
-- transaction. After short_v1 or lock_v1; p_need is the sum per account.
create function ledger.promise_v1(p_cell int, p_account uuid[], p_need bigint[]) returns void
language plpgsql set search_path = ledger, pg_temp as $$
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

-- Whoever writes a hold has just locked the account's balance, so the account is there; `lingqu verify` compares the
-- holds of an account with its balance. Nobody looks for the holds of an account.
alter table ledger.hold drop constraint hold_cell_id_account_id_fkey;
drop index ledger.hold_account;

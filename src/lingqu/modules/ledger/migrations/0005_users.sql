-- phase: expand
-- As post_v1, with a user an entry: one transaction may serve several.
create function ledger.post_v2(
    p_cell int, p_now timestamptz,
    p_account uuid[], p_change bigint[],
    p_delta uuid[], p_delta_account uuid[], p_delta_amount bigint[],
    p_entry uuid[], p_kind text[], p_state text[], p_document_kind text[], p_document uuid[], p_reverses uuid[],
    p_memo text[], p_business_on date[], p_user int[],
    p_posting_entry uuid[], p_line smallint[], p_debit uuid[], p_credit uuid[], p_amount bigint[])
returns void
language plpgsql set search_path = ledger, pg_temp as $$
begin
    perform ledger.change_v1(p_cell, p_account, p_change, p_delta, p_delta_account, p_delta_amount);
    insert into ledger.entry (cell_id, id, kind, state, document_kind, document_id, reverses, memo, business_on,
                              recorded_at, user_id)
    select p_cell, e.id, e.kind, e.state, e.document_kind, e.document_id, e.reverses, e.memo, e.business_on,
           p_now, e.user_id
    from unnest(p_entry, p_kind, p_state, p_document_kind, p_document, p_reverses, p_memo, p_business_on, p_user)
         as e (id, kind, state, document_kind, document_id, reverses, memo, business_on, user_id);
    insert into ledger.posting (cell_id, entry_id, line_no, debit, credit, amount)
    select p_cell, p.entry_id, p.line_no, p.debit, p.credit, p.amount
    from unnest(p_posting_entry, p_line, p_debit, p_credit, p_amount)
         as p (entry_id, line_no, debit, credit, amount);
end $$;

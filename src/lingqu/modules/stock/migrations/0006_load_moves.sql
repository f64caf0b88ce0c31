-- phase: expand
-- What move_v1 does, but for the moves themselves: they are loaded by `copy` in the same transaction, each with its own
-- user, since one transaction may serve several. Keys come sorted ascending and unique.
create function stock.change_v1(
    p_cell int,
    p_key bigint[], p_on_hand bigint[], p_reserved bigint[], p_next_expiry date[],
    p_lot_key bigint[], p_lot uuid[], p_lot_expires date[], p_lot_on_hand bigint[],
    p_used_document uuid[], p_used_key bigint[],
    p_held_document uuid[], p_held_line smallint[], p_held_key bigint[], p_held bigint[],
    p_cost_owner int[], p_cost_sku int[], p_cost_currency text[], p_cost_quantity bigint[], p_cost_value bigint[])
returns void
language plpgsql set search_path = stock, pg_temp as $$
declare
    v_count int;
begin
    update stock.balance as b
    set on_hand = b.on_hand + p_on_hand[width_bucket(b.key, p_key)],
        reserved = b.reserved + p_reserved[width_bucket(b.key, p_key)],
        next_expiry_on = p_next_expiry[width_bucket(b.key, p_key)],
        version = b.version + 1
    where b.cell_id = p_cell and b.key = any (p_key);
    get diagnostics v_count = row_count;
    if v_count <> cardinality(p_key) then
        raise exception 'stock rows moved, retry' using errcode = '40001';
    end if;
    if cardinality(p_lot) > 0 then
        insert into stock.lot_balance as l (cell_id, key, lot_id, expires_on, on_hand)
        select p_cell, u.key, u.lot_id, u.expires_on, u.on_hand
        from unnest(p_lot_key, p_lot, p_lot_expires, p_lot_on_hand) as u (key, lot_id, expires_on, on_hand)
        on conflict (cell_id, key, lot_id) do update set on_hand = excluded.on_hand;
    end if;
    -- A document that has used up all it held on these keys holds nothing: its rows go, and nobody looks at them again.
    if cardinality(p_used_document) > 0 then
        delete from stock.reservation as r
        where r.cell_id = p_cell and r.document_id = any (p_used_document) and r.key = any (p_used_key);
    end if;
    if cardinality(p_held) > 0 then
        insert into stock.reservation as r (cell_id, document_id, line_no, key, quantity)
        select p_cell, u.document_id, u.line_no, u.key, u.quantity
        from unnest(p_held_document, p_held_line, p_held_key, p_held) as u (document_id, line_no, key, quantity)
        on conflict (cell_id, document_id, line_no, key) do update set quantity = excluded.quantity;
    end if;
    if cardinality(p_cost_owner) > 0 then
        insert into stock.cost as c (cell_id, owner_id, sku_id, currency, quantity, value_minor)
        select p_cell, u.owner_id, u.sku_id, u.currency, u.quantity, u.value_minor
        from unnest(p_cost_owner, p_cost_sku, p_cost_currency, p_cost_quantity, p_cost_value)
             as u (owner_id, sku_id, currency, quantity, value_minor)
        on conflict (cell_id, owner_id, sku_id)
        do update set quantity = excluded.quantity, value_minor = excluded.value_minor, version = c.version + 1;
    end if;
end $$;

-- Costs change with every move between owners; room on their pages spares their index that.
alter table stock.cost set (fillfactor = 70);

-- phase: expand
-- What the hot path calls. Keys come sorted ascending and unique; each function writes this schema only, touches one
-- table a statement with cell_id = p_cell, and checks the row count of every update: 40001 when a row moved away.

-- Lock the keys in order and tell which cannot give what is needed; an empty array means all can. Writes nothing.
-- A key with an expired lot counts as short: only the exact path knows how much of it may still be sold.
create function stock.short_v1(p_cell int, p_key bigint[], p_need bigint[], p_business_on date) returns bigint[]
language plpgsql set search_path = stock, pg_temp as $$
declare
    v_found bigint[];
    v_short bigint[];
begin
    -- A filter and not a where: a condition pushed into the locking subquery would leave the other rows unlocked.
    select array_agg(s.key),
           array_agg(s.key) filter (
               where s.free < p_need[width_bucket(s.key, p_key)] or s.next_expiry_on <= p_business_on)
    into v_found, v_short
    from (select b.key, b.on_hand - b.reserved as free, b.next_expiry_on from stock.balance as b
          where b.cell_id = p_cell and b.key = any (p_key) order by b.key for update) as s;
    if coalesce(cardinality(v_found), 0) = cardinality(p_key) then
        return coalesce(v_short, '{}');
    end if;
    select array_agg(k.key order by k.key) into v_short
    from unnest(p_key) as k (key)
    where not k.key = any (coalesce(v_found, '{}')) or k.key = any (coalesce(v_short, '{}'));
    return v_short;
end $$;

-- Lock the keys in order and tell how much of each is free: on hand, less what is promised, less what has expired.
-- Every key asked for comes back; one without a row is free 0.
create function stock.lock_v1(p_cell int, p_key bigint[], p_business_on date)
returns table (key bigint, free bigint)
language plpgsql set search_path = stock, pg_temp as $$
#variable_conflict use_column
declare
    v_key bigint[];
    v_free bigint[];
    v_stale bigint[];
    v_gone_key bigint[];
    v_gone bigint[];
begin
    select array_agg(s.key), array_agg(s.free), array_agg(s.key) filter (where s.next_expiry_on <= p_business_on)
    into v_key, v_free, v_stale
    from (select b.key, b.on_hand - b.reserved as free, b.next_expiry_on from stock.balance as b
          where b.cell_id = p_cell and b.key = any (p_key) order by b.key for update) as s;
    if v_stale is not null then
        select array_agg(g.key), array_agg(g.gone) into v_gone_key, v_gone
        from (select l.key, sum(l.on_hand)::bigint as gone from stock.lot_balance as l
              where l.cell_id = p_cell and l.key = any (v_stale) and l.expires_on <= p_business_on
              group by l.key) as g;
    end if;
    return query
    select k.key, greatest(coalesce(f.free, 0) - coalesce(g.gone, 0), 0)
    from unnest(p_key) as k (key)
    left join unnest(v_key, v_free) as f (key, free) on f.key = k.key
    left join unnest(v_gone_key, v_gone) as g (key, gone) on g.key = k.key
    order by k.key;
end $$;

-- Promise goods, after short_v1 or lock_v1 in the same transaction. p_need is the sum per key of the lines.
create function stock.reserve_v1(
    p_cell int, p_key bigint[], p_need bigint[],
    p_document uuid[], p_line smallint[], p_line_key bigint[], p_line_quantity bigint[], p_expires timestamptz[])
returns void
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
    -- A line that holds something already (a back-order that is being filled) holds more now.
    insert into stock.reservation as r (cell_id, document_id, line_no, key, quantity, expires_at)
    select p_cell, l.document_id, l.line_no, l.key, l.quantity, l.expires_at
    from unnest(p_document, p_line, p_line_key, p_line_quantity, p_expires)
         as l (document_id, line_no, key, quantity, expires_at)
    on conflict (cell_id, document_id, line_no, key)
    do update set quantity = r.quantity + excluded.quantity, expires_at = excluded.expires_at;
end $$;

-- Free what the documents still hold and tell what that was. Nothing held: nothing done.
create function stock.release_v1(p_cell int, p_document uuid[])
returns table (document_id uuid, key bigint, quantity bigint)
language plpgsql set search_path = stock, pg_temp as $$
#variable_conflict use_column
declare
    v_key bigint[];
    v_freed bigint[];
    v_document uuid[];
    v_held_key bigint[];
    v_held bigint[];
    v_count int;
begin
    select array_agg(distinct r.key order by r.key) into v_key from stock.reservation as r
    where r.cell_id = p_cell and r.document_id = any (p_document) and r.quantity > 0;
    if v_key is null then
        return;
    end if;
    perform 1 from stock.balance as b where b.cell_id = p_cell and b.key = any (v_key) order by b.key for update;
    -- Whoever changes a reservation holds its balance row, so from here on these stand still.
    select array_agg(h.document_id), array_agg(h.key), array_agg(h.held) into v_document, v_held_key, v_held
    from (select r.document_id, r.key, sum(r.quantity)::bigint as held from stock.reservation as r
          where r.cell_id = p_cell and r.document_id = any (p_document) and r.key = any (v_key) and r.quantity > 0
          group by r.document_id, r.key) as h;
    select array_agg(coalesce(f.freed, 0) order by k.key) into v_freed
    from unnest(v_key) as k (key)
    left join (select u.key, sum(u.held)::bigint as freed from unnest(v_held_key, v_held) as u (key, held)
               group by u.key) as f on f.key = k.key;
    update stock.reservation as r set quantity = 0
    where r.cell_id = p_cell and r.document_id = any (p_document) and r.key = any (v_key) and r.quantity > 0;
    update stock.balance as b set reserved = b.reserved - v_freed[width_bucket(b.key, v_key)], version = b.version + 1
    where b.cell_id = p_cell and b.key = any (v_key);
    get diagnostics v_count = row_count;
    if v_count <> cardinality(v_key) then
        raise exception 'stock rows moved, retry' using errcode = '40001';
    end if;
    return query select u.d, u.k, u.h from unnest(v_document, v_held_key, v_held) as u (d, k, h);
end $$;

-- Free a part of what lines hold. (document, line, key) are unique; p_less is the sum per key. A line that holds less
-- than what is taken from it is a bug of the caller, not a business case.
create function stock.unreserve_v1(
    p_cell int, p_key bigint[], p_less bigint[],
    p_document uuid[], p_line smallint[], p_line_key bigint[], p_quantity bigint[])
returns void
language plpgsql set search_path = stock, pg_temp as $$
declare
    v_document uuid[];
    v_line smallint[];
    v_key bigint[];
    v_left bigint[];
    v_count int;
begin
    perform 1 from stock.balance as b where b.cell_id = p_cell and b.key = any (p_key) order by b.key for update;
    -- Whoever changes a reservation holds its balance row, so these stand still: what is left is set, not subtracted.
    select array_agg(s.document_id), array_agg(s.line_no), array_agg(s.key), array_agg(s.quantity)
    into v_document, v_line, v_key, v_left
    from (select r.document_id, r.line_no, r.key, r.quantity from stock.reservation as r
          where r.cell_id = p_cell and r.document_id = any (p_document) and r.key = any (p_key)) as s;
    select array_agg(u.document_id), array_agg(u.line_no), array_agg(u.key), array_agg(s.quantity - u.quantity)
    into v_document, v_line, v_key, v_left
    from unnest(p_document, p_line, p_line_key, p_quantity) as u (document_id, line_no, key, quantity)
    join unnest(v_document, v_line, v_key, v_left) as s (document_id, line_no, key, quantity)
      on s.document_id = u.document_id and s.line_no = u.line_no and s.key = u.key and s.quantity >= u.quantity;
    if coalesce(cardinality(v_document), 0) <> cardinality(p_document) then
        raise exception 'a line holds less than what is freed of it';
    end if;
    insert into stock.reservation as r (cell_id, document_id, line_no, key, quantity)
    select p_cell, u.document_id, u.line_no, u.key, u.quantity
    from unnest(v_document, v_line, v_key, v_left) as u (document_id, line_no, key, quantity)
    on conflict (cell_id, document_id, line_no, key) do update set quantity = excluded.quantity;
    update stock.balance as b set reserved = b.reserved - p_less[width_bucket(b.key, p_key)], version = b.version + 1
    where b.cell_id = p_cell and b.key = any (p_key);
    get diagnostics v_count = row_count;
    if v_count <> cardinality(p_key) then
        raise exception 'stock rows moved, retry' using errcode = '40001';
    end if;
end $$;

-- Name the documents whose promise on these keys has run out. A plain read: lock, then look again.
create function stock.expired_v1(p_cell int, p_key bigint[], p_now timestamptz) returns table (document_id uuid)
language plpgsql stable set search_path = stock, pg_temp as $$
#variable_conflict use_column
begin
    return query
    select distinct r.document_id from stock.reservation as r
    where r.cell_id = p_cell and r.key = any (p_key) and r.quantity > 0 and r.expires_at <= p_now
    order by r.document_id;
end $$;

-- Write what was decided on locked rows: moves, and with them the sums they change. Balances change by differences
-- under checks; lots, reservations and costs, which nobody writes without the locks that are held here, are set.
create function stock.move_v1(
    p_cell int, p_document_kind text, p_business_on date, p_now timestamptz, p_user int,
    p_key bigint[], p_on_hand bigint[], p_reserved bigint[], p_next_expiry date[],
    p_lot_key bigint[], p_lot uuid[], p_lot_expires date[], p_lot_on_hand bigint[],
    p_held_document uuid[], p_held_line smallint[], p_held_key bigint[], p_held bigint[],
    p_cost_owner int[], p_cost_sku int[], p_cost_currency text[], p_cost_quantity bigint[], p_cost_value bigint[],
    p_id uuid[], p_move_key bigint[], p_move_lot uuid[], p_quantity bigint[], p_kind text[],
    p_document uuid[], p_line smallint[], p_reason text[], p_cost bigint[])
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
    insert into stock.lot_balance as l (cell_id, key, lot_id, expires_on, on_hand)
    select p_cell, u.key, u.lot_id, u.expires_on, u.on_hand
    from unnest(p_lot_key, p_lot, p_lot_expires, p_lot_on_hand) as u (key, lot_id, expires_on, on_hand)
    on conflict (cell_id, key, lot_id) do update set on_hand = excluded.on_hand;
    insert into stock.reservation as r (cell_id, document_id, line_no, key, quantity)
    select p_cell, u.document_id, u.line_no, u.key, u.quantity
    from unnest(p_held_document, p_held_line, p_held_key, p_held) as u (document_id, line_no, key, quantity)
    on conflict (cell_id, document_id, line_no, key) do update set quantity = excluded.quantity;
    insert into stock.cost as c (cell_id, owner_id, sku_id, currency, quantity, value_minor)
    select p_cell, u.owner_id, u.sku_id, u.currency, u.quantity, u.value_minor
    from unnest(p_cost_owner, p_cost_sku, p_cost_currency, p_cost_quantity, p_cost_value)
         as u (owner_id, sku_id, currency, quantity, value_minor)
    on conflict (cell_id, owner_id, sku_id)
    do update set quantity = excluded.quantity, value_minor = excluded.value_minor, version = c.version + 1;
    insert into stock.move (cell_id, id, key, lot_id, quantity, kind, document_kind, document_id, line_no, reason,
                            cost_minor, business_on, recorded_at, user_id)
    select p_cell, m.id, m.key, m.lot_id, m.quantity, m.kind, p_document_kind, m.document_id, m.line_no, m.reason,
           m.cost_minor, p_business_on, p_now, p_user
    from unnest(p_id, p_move_key, p_move_lot, p_quantity, p_kind, p_document, p_line, p_reason, p_cost)
         as m (id, key, lot_id, quantity, kind, document_id, line_no, reason, cost_minor);
end $$;

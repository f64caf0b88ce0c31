-- phase: expand
-- What the hot path calls. Accounts come sorted ascending and unique; each function writes this schema only, touches
-- one table a statement with cell_id = p_cell, and checks the row count of every update: 40001 when a row moved away.

-- Lock the accounts in order and tell which cannot give what is needed; an empty array means all can. Writes nothing.
create function ledger.short_v1(p_cell int, p_account uuid[], p_need bigint[]) returns uuid[]
language plpgsql set search_path = ledger, pg_temp as $$
declare
    v_found uuid[];
    v_short uuid[];
begin
    -- A filter and not a where: a condition pushed into the locking subquery would leave the other rows unlocked.
    select array_agg(s.account_id),
           array_agg(s.account_id) filter (where s.available < p_need[width_bucket(s.account_id, p_account)])
    into v_found, v_short
    from (select b.account_id, b.posted - b.held - b.floor as available from ledger.balance as b
          where b.cell_id = p_cell and b.account_id = any (p_account) order by b.account_id for update) as s;
    if coalesce(cardinality(v_found), 0) = cardinality(p_account) then
        return coalesce(v_short, '{}');
    end if;
    select array_agg(a.id order by a.id) into v_short
    from unnest(p_account) as a (id)
    where not a.id = any (coalesce(v_found, '{}')) or a.id = any (coalesce(v_short, '{}'));
    return v_short;
end $$;

-- Lock the accounts in order and tell what each may still give. Every account asked for comes back: one that does
-- not exist with 0, one without a floor with the largest number there is.
create function ledger.lock_v1(p_cell int, p_account uuid[]) returns table (account_id uuid, available bigint)
language plpgsql set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
    v_account uuid[];
    v_available bigint[];
begin
    select array_agg(s.account_id), array_agg(s.available) into v_account, v_available
    from (select b.account_id, coalesce(b.posted - b.held - b.floor, 9223372036854775807) as available
          from ledger.balance as b
          where b.cell_id = p_cell and b.account_id = any (p_account) order by b.account_id for update) as s;
    return query
    select a.id, coalesce(s.available, 0)
    from unnest(p_account) as a (id)
    left join unnest(v_account, v_available) as s (id, available) on s.id = a.id
    order by a.id;
end $$;

-- Promise money to documents, after short_v1 or lock_v1 in the same transaction. p_need is the sum per account.
create function ledger.hold_v1(
    p_cell int, p_account uuid[], p_need bigint[],
    p_document uuid[], p_hold_account uuid[], p_amount bigint[], p_expires timestamptz[])
returns void
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
    insert into ledger.hold as h (cell_id, document_id, account_id, amount, expires_at)
    select p_cell, u.document_id, u.account_id, u.amount, u.expires_at
    from unnest(p_document, p_hold_account, p_amount, p_expires) as u (document_id, account_id, amount, expires_at)
    on conflict (cell_id, document_id, account_id)
    do update set amount = h.amount + excluded.amount, expires_at = excluded.expires_at;
end $$;

-- Free what the documents still hold and tell what that was. Nothing held: nothing done.
create function ledger.void_v1(p_cell int, p_document uuid[])
returns table (document_id uuid, account_id uuid, amount bigint)
language plpgsql set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
    v_account uuid[];
    v_freed bigint[];
    v_document uuid[];
    v_held_account uuid[];
    v_held bigint[];
    v_count int;
begin
    select array_agg(distinct h.account_id order by h.account_id) into v_account from ledger.hold as h
    where h.cell_id = p_cell and h.document_id = any (p_document) and h.amount > 0;
    if v_account is null then
        return;
    end if;
    perform 1 from ledger.balance as b
    where b.cell_id = p_cell and b.account_id = any (v_account) order by b.account_id for update;
    -- Whoever changes a hold holds its balance row, so from here on these stand still.
    select array_agg(s.document_id), array_agg(s.account_id), array_agg(s.amount)
    into v_document, v_held_account, v_held
    from (select h.document_id, h.account_id, h.amount from ledger.hold as h
          where h.cell_id = p_cell and h.document_id = any (p_document) and h.account_id = any (v_account)
            and h.amount > 0) as s;
    select array_agg(coalesce(f.freed, 0) order by a.id) into v_freed
    from unnest(v_account) as a (id)
    left join (select u.id, sum(u.held)::bigint as freed from unnest(v_held_account, v_held) as u (id, held)
               group by u.id) as f on f.id = a.id;
    update ledger.hold as h set amount = 0
    where h.cell_id = p_cell and h.document_id = any (p_document) and h.account_id = any (v_account) and h.amount > 0;
    update ledger.balance as b
    set held = b.held - v_freed[width_bucket(b.account_id, v_account)],
        floor = greatest(b.floor, least(
            b.wanted_floor, b.posted - b.held + v_freed[width_bucket(b.account_id, v_account)])),
        version = b.version + 1
    where b.cell_id = p_cell and b.account_id = any (v_account);
    get diagnostics v_count = row_count;
    if v_count <> cardinality(v_account) then
        raise exception 'balance rows moved, retry' using errcode = '40001';
    end if;
    return query select u.d, u.a, u.h from unnest(v_document, v_held_account, v_held) as u (d, a, h);
end $$;

-- Take from holds what is about to be posted. (document, account) pairs are unique; p_less is the sum per account.
-- A hold that is smaller than what is taken from it is a bug of the caller, not a business case.
create function ledger.settle_v1(
    p_cell int, p_account uuid[], p_less bigint[], p_document uuid[], p_hold_account uuid[], p_amount bigint[])
returns void
language plpgsql set search_path = ledger, pg_temp as $$
declare
    v_document uuid[];
    v_account uuid[];
    v_left bigint[];
    v_count int;
begin
    perform 1 from ledger.balance as b
    where b.cell_id = p_cell and b.account_id = any (p_account) order by b.account_id for update;
    -- Whoever changes a hold holds its balance row, so these stand still: what is left of each is set, not subtracted.
    select array_agg(s.document_id), array_agg(s.account_id), array_agg(s.amount) into v_document, v_account, v_left
    from (select h.document_id, h.account_id, h.amount from ledger.hold as h
          where h.cell_id = p_cell and h.document_id = any (p_document) and h.account_id = any (p_account)) as s;
    select array_agg(u.document_id), array_agg(u.account_id), array_agg(s.amount - u.amount)
    into v_document, v_account, v_left
    from unnest(p_document, p_hold_account, p_amount) as u (document_id, account_id, amount)
    join unnest(v_document, v_account, v_left) as s (document_id, account_id, amount)
      on s.document_id = u.document_id and s.account_id = u.account_id and s.amount >= u.amount;
    if coalesce(cardinality(v_document), 0) <> cardinality(p_document) then
        raise exception 'a hold is smaller than what is settled from it';
    end if;
    insert into ledger.hold as h (cell_id, document_id, account_id, amount)
    select p_cell, u.document_id, u.account_id, u.amount
    from unnest(v_document, v_account, v_left) as u (document_id, account_id, amount)
    on conflict (cell_id, document_id, account_id) do update set amount = excluded.amount;
    update ledger.balance as b
    set held = b.held - p_less[width_bucket(b.account_id, p_account)], version = b.version + 1
    where b.cell_id = p_cell and b.account_id = any (p_account);
    get diagnostics v_count = row_count;
    if v_count <> cardinality(p_account) then
        raise exception 'balance rows moved, retry' using errcode = '40001';
    end if;
end $$;

-- Change the sums by what is posted. Accounts with a floor (p_account, locked and decided by the caller) change in
-- place; the others get a row in ledger.delta that ledger.fold_v1 adds up later.
create function ledger.change_v1(
    p_cell int, p_account uuid[], p_change bigint[],
    p_delta uuid[], p_delta_account uuid[], p_delta_amount bigint[])
returns void
language plpgsql set search_path = ledger, pg_temp as $$
declare
    v_count int;
begin
    update ledger.balance as b
    set posted = b.posted + p_change[width_bucket(b.account_id, p_account)],
        floor = greatest(b.floor, least(
            b.wanted_floor, b.posted + p_change[width_bucket(b.account_id, p_account)] - b.held)),
        version = b.version + 1
    where b.cell_id = p_cell and b.account_id = any (p_account) and b.floor is not null;
    get diagnostics v_count = row_count;
    if v_count <> cardinality(p_account) then
        raise exception 'balance rows moved, retry' using errcode = '40001';
    end if;
    insert into ledger.delta (cell_id, id, account_id, amount)
    select p_cell, d.id, d.account_id, d.amount
    from unnest(p_delta, p_delta_account, p_delta_amount) as d (id, account_id, amount);
end $$;

-- Write entries with their postings and change the sums as ledger.change_v1 does.
create function ledger.post_v1(
    p_cell int, p_now timestamptz, p_user int,
    p_account uuid[], p_change bigint[],
    p_delta uuid[], p_delta_account uuid[], p_delta_amount bigint[],
    p_entry uuid[], p_kind text[], p_state text[], p_document_kind text[], p_document uuid[], p_reverses uuid[],
    p_memo text[], p_business_on date[],
    p_posting_entry uuid[], p_line smallint[], p_debit uuid[], p_credit uuid[], p_amount bigint[])
returns void
language plpgsql set search_path = ledger, pg_temp as $$
begin
    perform ledger.change_v1(p_cell, p_account, p_change, p_delta, p_delta_account, p_delta_amount);
    insert into ledger.entry (cell_id, id, kind, state, document_kind, document_id, reverses, memo, business_on,
                              recorded_at, user_id)
    select p_cell, e.id, e.kind, e.state, e.document_kind, e.document_id, e.reverses, e.memo, e.business_on,
           p_now, p_user
    from unnest(p_entry, p_kind, p_state, p_document_kind, p_document, p_reverses, p_memo, p_business_on)
         as e (id, kind, state, document_kind, document_id, reverses, memo, business_on);
    insert into ledger.posting (cell_id, entry_id, line_no, debit, credit, amount)
    select p_cell, p.entry_id, p.line_no, p.debit, p.credit, p.amount
    from unnest(p_posting_entry, p_line, p_debit, p_credit, p_amount)
         as p (entry_id, line_no, debit, credit, amount);
end $$;

-- Add waiting deltas to their balances; returns how many. Two at once take different rows.
create function ledger.fold_v1(p_cell int, p_limit int) returns int
language plpgsql set search_path = ledger, pg_temp as $$
declare
    v_id uuid[];
    v_of uuid[];
    v_amount bigint[];
    v_account uuid[];
    v_change bigint[];
    v_count int;
begin
    select array_agg(s.id), array_agg(s.account_id), array_agg(s.amount) into v_id, v_of, v_amount
    from (select d.id, d.account_id, d.amount from ledger.delta as d
          where d.cell_id = p_cell order by d.account_id, d.id limit p_limit for update skip locked) as s;
    if v_id is null then
        return 0;
    end if;
    select array_agg(f.id order by f.id), array_agg(f.change order by f.id) into v_account, v_change
    from (select u.id, sum(u.amount)::bigint as change from unnest(v_of, v_amount) as u (id, amount)
          group by u.id) as f;
    perform 1 from ledger.balance as b
    where b.cell_id = p_cell and b.account_id = any (v_account) order by b.account_id for update;
    update ledger.balance as b
    set posted = b.posted + v_change[width_bucket(b.account_id, v_account)], version = b.version + 1
    where b.cell_id = p_cell and b.account_id = any (v_account);
    get diagnostics v_count = row_count;
    if v_count <> cardinality(v_account) then
        raise exception 'balance rows moved, retry' using errcode = '40001';
    end if;
    delete from ledger.delta as d where d.cell_id = p_cell and d.id = any (v_id);
    get diagnostics v_count = row_count;
    if v_count <> cardinality(v_id) then
        raise exception 'delta rows moved, retry' using errcode = '40001';
    end if;
    return v_count;
end $$;

-- Set floors of accounts that have one; returns how many. See ledger.balance on a floor above what is owed.
create function ledger.set_floor_v1(p_cell int, p_account uuid[], p_floor bigint[]) returns int
language plpgsql set search_path = ledger, pg_temp as $$
declare
    v_count int;
begin
    perform 1 from ledger.balance as b
    where b.cell_id = p_cell and b.account_id = any (p_account) order by b.account_id for update;
    update ledger.balance as b
    set wanted_floor = p_floor[width_bucket(b.account_id, p_account)],
        floor = least(p_floor[width_bucket(b.account_id, p_account)], b.posted - b.held),
        version = b.version + 1
    where b.cell_id = p_cell and b.account_id = any (p_account) and b.floor is not null;
    get diagnostics v_count = row_count;
    return v_count;
end $$;

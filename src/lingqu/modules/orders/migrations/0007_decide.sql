-- phase: expand
-- Decide a batch of one cell and one business day, and promise goods and money to what can be placed.
--
-- k_key/k_need: demand per stock key, ascending. a_account: every account that may pay, ascending; c_order/c_account:
-- which of them pay an order, in their order of use. s_seller/s_epoch: the epochs the prices were taken at. Orders are
-- counted from 1. l_order/l_key/l_reserved: what each line takes.
-- present: ids that exist already; stale: sellers whose epoch moved on. If there is either, nothing was written.
-- left_over: orders that goods or money may not reach; nothing was promised to them, and everything to the others.
-- m_*: which account pays how much of which order. The caller loads the rows of orders, lines, reservations, holds and
-- payments in the same transaction.
create function orders.place_v2(
    p_cell int, p_business_on date,
    s_seller int[], s_epoch bigint[], k_key bigint[], k_need bigint[], a_account uuid[],
    c_order int[], c_account uuid[], o_id uuid[], o_total bigint[],
    l_order int[], l_key bigint[], l_reserved bigint[],
    out present uuid[], out stale int[], out left_over int[],
    out m_order int[], out m_account uuid[], out m_amount bigint[]
) returns record
language plpgsql set search_path = orders, pg_temp as $$
declare
    r record;
    v_seller int[];
    v_epoch bigint[];
    v_account uuid[];
    v_left bigint[];
    v_need bigint[];
    v_short bigint[];
    v_key bigint[] := k_key;
    v_key_need bigint[] := k_need;
    v_at int;
    v_take bigint;
    v_rest bigint;
    v_from int;
begin
    left_over := '{}';
    m_order := '{}';
    m_account := '{}';
    m_amount := '{}';
    stale := '{}';
    present := array (select id from orders.order where cell_id = p_cell and id = any (o_id));
    if cardinality(present) > 0 then
        return;
    end if;

    select array_agg(e.seller_id), array_agg(e.value) into v_seller, v_epoch
    from network.epoch as e where e.cell_id = p_cell and e.seller_id = any (s_seller);
    stale := array (
        select s.seller_id from unnest(s_seller, s_epoch) as s (seller_id, value)
        where s.value <> coalesce(v_epoch[array_position(v_seller, s.seller_id)], 0));
    if cardinality(stale) > 0 then
        return;
    end if;

    v_short := stock.short_v1(p_cell, k_key, k_need, p_business_on);
    if cardinality(v_short) > 0 then
        left_over := array (select distinct l.o from unnest(l_order, l_key) as l (o, key) where l.key = any (v_short));
    end if;

    -- Money: the accounts are locked in order; then each order takes what it needs from its own, the first first.
    select array_agg(a.account_id), array_agg(a.available), array_agg(0::bigint) into v_account, v_left, v_need
    from ledger.lock_v1(p_cell, a_account) as a;
    for r in select c.o, array_agg(width_bucket(c.account_id, v_account) order by c.i) as accounts
             from unnest(c_order, c_account) with ordinality as c (o, account_id, i)
             where not c.o = any (left_over)
             group by c.o order by c.o loop
        v_rest := o_total[r.o];
        v_from := cardinality(m_order);
        foreach v_at in array r.accounts loop
            v_take := least(v_rest, v_left[v_at]);
            if v_take > 0 then
                v_left[v_at] := v_left[v_at] - v_take;
                v_need[v_at] := v_need[v_at] + v_take;
                v_rest := v_rest - v_take;
                m_order := m_order || r.o;
                m_account := m_account || v_account[v_at];
                m_amount := m_amount || v_take;
            end if;
        end loop;
        if v_rest > 0 then
            for i in v_from + 1 .. cardinality(m_order) loop
                v_at := width_bucket(m_account[i], v_account);
                v_left[v_at] := v_left[v_at] + m_amount[i];
                v_need[v_at] := v_need[v_at] - m_amount[i];
            end loop;
            m_order := m_order[:v_from];
            m_account := m_account[:v_from];
            m_amount := m_amount[:v_from];
            left_over := left_over || r.o;
        end if;
    end loop;

    if cardinality(left_over) > 0 then
        select array_agg(k.key order by k.key), array_agg(k.need order by k.key) into v_key, v_key_need
        from (select l.key, sum(l.reserved)::bigint as need from unnest(l_order, l_key, l_reserved) as l (o, key, reserved)
              where not l.o = any (left_over) group by l.key) as k;
    end if;
    if cardinality(v_key) > 0 then
        perform stock.promise_v1(p_cell, v_key, v_key_need);
    end if;
    perform ledger.promise_v1(p_cell,
        array (select a from unnest(v_account, v_need) with ordinality as h (a, n, i) where n > 0 order by i),
        array (select n from unnest(v_account, v_need) with ordinality as h (a, n, i) where n > 0 order by i));
end $$;

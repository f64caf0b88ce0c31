-- phase: expand
-- Tell how far what a batch of one cell and one business day asks for is there. Nothing is locked, since most of what a
-- batch looks at it does not take: of a buyer's three accounts one pays. Who gets what is reckoned by whoever asked;
-- promise_v2 looks again at every row it takes and fails with 40001 where one does not reach any more.
--
-- k_key/k_need: demand per stock key, ascending. a_account: every account that may pay, ascending. s_seller/s_epoch:
-- the epochs the prices were taken at.
-- present: ids that exist already; stale: sellers whose epoch moved on. If there is either, nothing else was looked at.
-- short: keys that do not reach, or hold a lot that expires. at/available: accounts by their place in a_account.
create function orders.reach_v2(
    p_cell int, p_business_on date, s_seller int[], s_epoch bigint[], k_key bigint[], k_need bigint[], a_account uuid[],
    o_id uuid[],
    out present uuid[], out stale int[], out short bigint[], out at int[], out available bigint[]
) returns record
language plpgsql stable set search_path = orders, pg_temp as $$
declare
    v_seller int[];
    v_epoch bigint[];
begin
    stale := '{}';
    short := '{}';
    at := '{}';
    available := '{}';
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

    short := stock.short_v2(p_cell, k_key, k_need, p_business_on);
    select l.at, l.available into at, available from ledger.available_v1(p_cell, a_account) as l;
end $$;

-- Promise what was reckoned: keys and accounts ascending, each once, with what is taken of them.
create function orders.promise_v2(
    p_cell int, p_business_on date, k_key bigint[], k_need bigint[], a_account uuid[], a_need bigint[]
) returns void
language plpgsql set search_path = orders, pg_temp as $$
begin
    if cardinality(k_key) > 0 then
        perform stock.promise_v2(p_cell, k_key, k_need, p_business_on);
    end if;
    if cardinality(a_account) > 0 then
        perform ledger.promise_v2(p_cell, a_account, a_need);
    end if;
end $$;

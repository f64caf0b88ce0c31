-- phase: expand
-- The hot path. Every statement touches one table of one cell; decisions fall between statements, in arrays.

-- Insert orders with lines, the buyers' own fields and payments: one statement a table. A sale at the counter
-- (p_kind retail) is paid and handed over at once. l_order and m_order say to which order (1-based) a line or payment belongs.
create function orders.insert_v1(
    p_cell int, p_now timestamptz, p_business_on date, p_kind text, p_status text,
    o_id uuid[], o_channel text[], o_buyer uuid[], o_buyer_id int[], o_seller uuid[], o_seller_id int[],
    o_number text[], o_approval text[], o_policy text[], o_title text[], o_currency text[],
    o_goods bigint[], o_discount bigint[], o_freight bigint[], o_tax bigint[], o_total bigint[],
    o_ship_from int[], o_ship_to jsonb[], o_requested date[], o_expires timestamptz[],
    o_by int[], o_actor uuid[], o_hash bytea[], o_trace text[],
    o_po text[], o_note text[], o_receiving int[],
    l_order int[], l_no smallint[], l_sku int[], l_pack int[], l_key bigint[], l_asked int[], l_packs int[],
    l_units int[], l_reserved bigint[], l_back bigint[], l_price bigint[], l_included boolean[], l_ppm int[],
    l_discount bigint[], l_tax bigint[], l_total bigint[], l_item int[],
    m_order int[], m_account uuid[], m_position smallint[], m_amount bigint[]
) returns void
language plpgsql set search_path = orders, pg_temp as $$
begin
    insert into orders.order (
        cell_id, id, kind, channel, buyer, buyer_id, seller, seller_id, number, status,
        approval_status, payment_status, fulfilment_status, return_status, shortage_policy, title_passes,
        currency, goods_minor, discount_minor, freight_minor, tax_minor, total_minor,
        ship_from, ship_to, business_on, requested_on, placed_at, expires_at, placed_by, actor_party,
        body_hash, trace_id)
    select p_cell, o.id, p_kind, o.channel, o.buyer, o.buyer_id, o.seller, o.seller_id, o.number, p_status,
           o.approval, case p_kind when 'retail' then 'paid' else 'held' end,
           case p_kind when 'retail' then 'received' else 'none' end, 'none', o.policy, o.title,
           o.currency, o.goods, o.discount, o.freight, o.tax, o.total,
           o.ship_from, o.ship_to, p_business_on, o.requested, p_now, o.expires, o.placed_by, o.actor,
           o.hash, o.trace
    from unnest(o_id, o_channel, o_buyer, o_buyer_id, o_seller, o_seller_id, o_number, o_approval, o_policy, o_title,
                o_currency, o_goods, o_discount, o_freight, o_tax, o_total, o_ship_from, o_ship_to, o_requested,
                o_expires, o_by, o_actor, o_hash, o_trace)
        as o (id, channel, buyer, buyer_id, seller, seller_id, number, approval, policy, title,
              currency, goods, discount, freight, tax, total, ship_from, ship_to, requested,
              expires, placed_by, actor, hash, trace);

    insert into orders.line (
        cell_id, order_id, line_no, sku_id, pack_id, key, asked_packs, packs, units_per_pack, quantity,
        reserved, back_ordered, shipped, received,
        price_minor, is_tax_included, tax_ppm, discount_minor, tax_minor, total_minor, price_item_id)
    select p_cell, o_id[l.o], l.no, l.sku, l.pack, l.key, l.asked, l.packs, l.units, l.packs::bigint * l.units,
           case p_kind when 'retail' then 0 else l.reserved end, l.back,
           case p_kind when 'retail' then l.packs::bigint * l.units else 0 end,
           case p_kind when 'retail' then l.packs::bigint * l.units else 0 end,
           l.price, l.included, l.ppm, l.discount, l.tax, l.total, l.item
    from unnest(l_order, l_no, l_sku, l_pack, l_key, l_asked, l_packs, l_units, l_reserved, l_back, l_price,
                l_included, l_ppm, l_discount, l_tax, l_total, l_item)
        as l (o, no, sku, pack, key, asked, packs, units, reserved, back, price,
              included, ppm, discount, tax, total, item);

    insert into orders.buyer_side (cell_id, order_id, po_number, note, receiving_node_id)
    select p_cell, b.id, b.po, b.note, b.receiving
    from unnest(o_id, o_po, o_note, o_receiving) as b (id, po, note, receiving)
    where b.po <> '' or b.note <> '' or b.receiving is not null;

    insert into orders.payment (cell_id, order_id, account_id, position, amount_minor, settled_minor)
    select p_cell, o_id[m.o], m.account, m.position, m.amount, case p_kind when 'retail' then m.amount else 0 end
    from unnest(m_order, m_account, m_position, m_amount) as m (o, account, position, amount);
end $$;

-- Place a batch of one cell and one business day, or write nothing and tell why.
--
-- k_key/k_need: demand per stock key, ascending. a_account: every account that may pay, ascending; c_order/c_account:
-- which of them pay an order, in their order of use. s_seller/s_epoch: the epochs the prices were taken at.
-- present: ids that exist already; stale: sellers whose epoch moved on; short_key, short_account: what fell short.
-- All four empty: everything was placed.
create function orders.place_v1(
    p_cell int, p_now timestamptz, p_business_on date,
    s_seller int[], s_epoch bigint[], k_key bigint[], k_need bigint[], a_account uuid[],
    c_order int[], c_account uuid[],
    o_id uuid[], o_channel text[], o_buyer uuid[], o_buyer_id int[], o_seller uuid[], o_seller_id int[],
    o_number text[], o_approval text[], o_policy text[], o_title text[], o_currency text[],
    o_goods bigint[], o_discount bigint[], o_freight bigint[], o_tax bigint[], o_total bigint[],
    o_ship_from int[], o_ship_to jsonb[], o_requested date[], o_expires timestamptz[],
    o_by int[], o_actor uuid[], o_hash bytea[], o_trace text[],
    o_po text[], o_note text[], o_receiving int[],
    l_order int[], l_no smallint[], l_sku int[], l_pack int[], l_key bigint[], l_asked int[], l_packs int[],
    l_units int[], l_reserved bigint[], l_back bigint[], l_price bigint[], l_included boolean[], l_ppm int[],
    l_discount bigint[], l_tax bigint[], l_total bigint[], l_item int[],
    p_outbox uuid, p_events jsonb,
    out present uuid[], out stale int[], out short_key bigint[], out short_account uuid[]
) returns record
language plpgsql set search_path = orders, pg_temp as $$
declare
    r record;
    v_seller int[] := '{}';
    v_epoch bigint[] := '{}';
    v_account uuid[] := '{}';
    v_left bigint[] := '{}';
    v_need bigint[];
    v_at int;
    v_take bigint;
    v_rest bigint := 0;
    v_order int := 0;
    v_position smallint := 0;
    v_next int;
    m_order int[] := '{}';
    m_account uuid[] := '{}';
    m_position smallint[] := '{}';
    m_amount bigint[] := '{}';
begin
    short_key := '{}';
    short_account := '{}';
    stale := '{}';
    present := array (select id from orders.order where cell_id = p_cell and id = any (o_id));
    if cardinality(present) > 0 then
        return;
    end if;

    for r in select seller_id, value from network.epoch
             where cell_id = p_cell and seller_id = any (s_seller) order by seller_id loop
        v_seller := v_seller || r.seller_id;
        v_epoch := v_epoch || r.value;
    end loop;
    stale := array (
        select s.seller_id from unnest(s_seller, s_epoch) as s (seller_id, value)
        where s.value <> coalesce(v_epoch[array_position(v_seller, s.seller_id)], 0));
    if cardinality(stale) > 0 then
        return;
    end if;

    short_key := stock.short_v1(p_cell, k_key, k_need, p_business_on);
    if cardinality(short_key) > 0 then
        return;
    end if;

    -- Money: the accounts are locked in order; then each order takes what it needs from its own, the first first.
    for r in select account_id, available from ledger.lock_v1(p_cell, a_account) loop
        v_account := v_account || r.account_id;
        v_left := v_left || r.available;
    end loop;
    v_need := array_fill(0::bigint, array[greatest(cardinality(v_account), 1)]);
    for i in 1 .. cardinality(c_order) loop
        if c_order[i] <> v_order then
            v_order := c_order[i];
            v_rest := o_total[v_order];
            v_position := 0;
        end if;
        v_at := width_bucket(c_account[i], v_account);
        if v_rest > 0 and v_at > 0 and v_account[v_at] = c_account[i] and v_left[v_at] > 0 then
            v_take := least(v_rest, v_left[v_at]);
            v_left[v_at] := v_left[v_at] - v_take;
            v_need[v_at] := v_need[v_at] + v_take;
            v_rest := v_rest - v_take;
            v_position := v_position + 1;
            m_order := m_order || v_order;
            m_account := m_account || c_account[i];
            m_position := m_position || v_position;
            m_amount := m_amount || v_take;
        end if;
        v_next := coalesce(c_order[i + 1], 0);
        if v_next <> v_order and v_rest > 0 then
            short_account := short_account || c_account[i];
        end if;
    end loop;
    if cardinality(short_account) > 0 then
        return;
    end if;

    perform stock.reserve_v1(p_cell, k_key, k_need,
        array (select o_id[o] from unnest(l_order) with ordinality as l (o, i) order by i),
        l_no, l_key, l_reserved,
        array (select o_expires[o] from unnest(l_order) with ordinality as l (o, i) order by i));
    perform ledger.hold_v1(p_cell,
        array (select a from unnest(v_account, v_need) with ordinality as h (a, n, i) where n > 0 order by i),
        array (select n from unnest(v_account, v_need) with ordinality as h (a, n, i) where n > 0 order by i),
        array (select o_id[o] from unnest(m_order) with ordinality as m (o, i) order by i),
        m_account, m_amount,
        array (select o_expires[o] from unnest(m_order) with ordinality as m (o, i) order by i));
    perform orders.insert_v1(
        p_cell, p_now, p_business_on, 'channel', 'placed',
        o_id, o_channel, o_buyer, o_buyer_id, o_seller, o_seller_id, o_number, o_approval, o_policy, o_title,
        o_currency, o_goods, o_discount, o_freight, o_tax, o_total, o_ship_from, o_ship_to, o_requested, o_expires,
        o_by, o_actor, o_hash, o_trace, o_po, o_note, o_receiving,
        l_order, l_no, l_sku, l_pack, l_key, l_asked, l_packs, l_units, l_reserved, l_back, l_price, l_included,
        l_ppm, l_discount, l_tax, l_total, l_item,
        m_order, m_account, m_position, m_amount);
    perform runtime.emit_v1(p_cell, p_outbox, p_events, p_now);
end $$;

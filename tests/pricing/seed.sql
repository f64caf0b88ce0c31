-- A brand (1), a supplier (2), a distributor (3) and two dealers (4, 5) with one SKU of two packs; ids are given so that
-- tests can name them. The county of all is Furong in Hunan, which every installation knows.
insert into identity.party (id, kind, home_cell, name)
select ('00000000-0000-7000-8000-00000000' || lpad((n * 2 + w)::text, 4, '0'))::uuid,
       case w when 0 then 'organization' else 'walk-in' end, n % 4, 'P' || n
from generate_series(1, 5) n, generate_series(0, 1) w;
insert into network.organization
    (id, party_id, walk_in_party_id, kind, level, code, name, region_id, home_cell, time_zone, currency, status,
     sort_key, search, created_at) overriding system value
select n, ('00000000-0000-7000-8000-00000000' || lpad((n * 2)::text, 4, '0'))::uuid,
       ('00000000-0000-7000-8000-00000000' || lpad((n * 2 + 1)::text, 4, '0'))::uuid,
       (array['brand', 'supplier', 'distributor', 'dealer', 'dealer'])[n],
       (array['', '', '', 'gold', 'silver'])[n], 'O' || n, 'O' || n, 156430102, n % 4, 'Asia/Shanghai', 'CNY', 'active',
       'o' || n, '{}', '2026-01-01Z'
from generate_series(1, 5) n;
insert into network.product_line (id, brand_id, code, name_zh, name_en) overriding system value
values (1, 1, 'MILK', '牛奶', 'Milk');
insert into network.trade_link (id, seller_id, buyer_id, status, valid_from) overriding system value
values (1, 1, 2, 'active', '2026-01-01'), (2, 2, 3, 'active', '2026-01-01'), (3, 3, 4, 'active', '2026-01-01'),
       (4, 3, 5, 'active', '2026-01-01');
insert into network.link_grant (link_id, capability, product_line_id, granted_at)
select n, 'order', case n when 4 then 1 end, '2026-01-01Z' from generate_series(1, 4) n;
insert into catalog.tax_class (id, code, name_zh, name_en, rate_ppm) overriding system value
values (1, 'VAT13', '13%', '13%', 130000);
insert into catalog.sku
    (id, brand_id, product_line_id, tax_class_id, code, product_code, name_zh, name_en, base_unit, sort_key, search,
     created_at) overriding system value
values (5, 1, 1, 1, 'S5', 'S5', '纯牛奶', 'Milk', '盒', 'chunniunai', '{}', '2026-01-01Z');
insert into catalog.pack (id, sku_id, code, name_zh, name_en, units) overriding system value
values (6, 5, 'EA', '盒', 'Each', 1), (7, 5, 'CS', '箱', 'Case', 12);
insert into pricing.price_list
    (id, seller_id, code, name, currency, is_tax_included, status, valid_from, sort_key, search, created_at)
    overriding system value
values (1, 3, 'BASE', '标准价', 'CNY', true, 'published', '2026-01-01', '', '{}', '2026-01-01Z'),
       (2, 3, 'HUNAN', '湖南价', 'CNY', false, 'published', '2026-01-01', '', '{}', '2026-01-01Z'),
       (3, 3, 'DRAFT', '草稿', 'CNY', true, 'draft', '2026-01-01', '', '{}', '2026-01-01Z');
insert into pricing.assignment (id, list_id, audience) overriding system value
values (1, 1, 'everybody'), (2, 2, 'territory'), (3, 3, 'everybody');
insert into pricing.assignment_region values (2, 156430000);
insert into pricing.price_item (id, list_id, sku_id, pack_id, min_packs, valid_from, valid_until, price_minor)
    overriding system value
values (1, 1, 5, 7, 1, '2026-01-01', null, 6000), (2, 1, 5, 7, 10, '2026-01-01', null, 5800),
       (3, 2, 5, 7, 5, '2026-01-01', '2026-04-01', 5000), (4, 3, 5, 7, 1, '2026-01-01', null, 1);
insert into network.epoch values (3, 3, 41);
select setval(pg_get_serial_sequence(t, 'id'), 1000)
from unnest(array['pricing.price_list', 'pricing.assignment', 'pricing.price_item', 'network.trade_link']) t;

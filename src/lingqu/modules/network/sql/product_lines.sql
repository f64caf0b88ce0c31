-- name: add_product_lines
insert into network.product_line (brand_id, code, name_zh, name_en)
select p.brand_id, p.code, p.name_zh, p.name_en
from unnest(%(brand_id)s::int[], %(code)s::text[], %(name_zh)s::text[], %(name_en)s::text[])
     as p (brand_id, code, name_zh, name_en)
on conflict (brand_id, code) do nothing
returning brand_id, code, id

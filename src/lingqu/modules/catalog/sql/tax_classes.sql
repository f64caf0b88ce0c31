-- name: list_tax_classes
-- Rates are the same for all, so nobody's are hidden.
select t.id, t.code, t.name_zh, t.name_en, t.rate_ppm, t.version
from catalog.tax_class t
where %(q)s::text is null or concat_ws(' ', t.code, t.name_zh, t.name_en) ilike '%%' || %(q)s || '%%'

-- name: find_tax_class
select t.id, t.code, t.name_zh, t.name_en, t.rate_ppm, t.version
from catalog.tax_class t where t.id = %(tax_class_id)s

-- name: add_tax_class
insert into catalog.tax_class (code, name_zh, name_en, rate_ppm)
values (%(code)s, %(name_zh)s, %(name_en)s, %(rate_ppm)s)
on conflict (code) do nothing
returning id

-- name: edit_tax_class
update catalog.tax_class
set name_zh = %(name_zh)s, name_en = %(name_en)s, rate_ppm = %(rate_ppm)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: brands_of_tax_class
select distinct s.brand_id from catalog.sku s where s.tax_class_id = %(tax_class_id)s

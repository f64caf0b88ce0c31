-- name: load_regions
insert into identity.region as r (id, parent_id, scheme, level, code, name_zh, name_en, latitude, longitude)
select n.id, n.parent_id, %(scheme)s, n.level, n.code, n.name_zh, n.name_en, n.latitude, n.longitude
from unnest(%(id)s::int[], %(parent_id)s::int[], %(level)s::text[], %(code)s::text[], %(name_zh)s::text[],
            %(name_en)s::text[], %(latitude)s::float8[], %(longitude)s::float8[])
     as n (id, parent_id, level, code, name_zh, name_en, latitude, longitude)
on conflict (id) do update
set parent_id = excluded.parent_id, level = excluded.level, code = excluded.code, name_zh = excluded.name_zh,
    name_en = excluded.name_en, latitude = excluded.latitude, longitude = excluded.longitude
where (r.parent_id, r.level, r.code, r.name_zh, r.name_en, r.latitude, r.longitude)
      is distinct from (excluded.parent_id, excluded.level, excluded.code, excluded.name_zh, excluded.name_en,
                        excluded.latitude, excluded.longitude)

-- name: list_regions
select id, parent_id, scheme, level, code, name_zh, name_en, latitude, longitude
from identity.region
where (%(scheme)s::text is null or scheme = %(scheme)s)
  and (%(level)s::text is null or level = %(level)s)
  and (%(parent_id)s::int is null or parent_id = %(parent_id)s)
  and (%(text)s::text is null or starts_with(name_zh, %(text)s) or starts_with(lower(name_en), lower(%(text)s))
       or starts_with(code, %(text)s))

-- name: find_region
select id from identity.region where id = %(id)s

-- name: find_counties
with recursive below as (
    select id, level from identity.region where id = any(%(ids)s)
    union all
    select r.id, r.level from identity.region r join below b on r.parent_id = b.id
)
select distinct id from below where level = 'county' order by id

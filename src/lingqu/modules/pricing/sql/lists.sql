-- name: list_price_lists
select l.id, l.seller_id, o.name as seller_name, l.code, l.name, l.currency, l.is_tax_included, l.status, l.valid_from,
       l.valid_until, l.version, l.sort_key,
       (select count(*) from pricing.price_item i where i.list_id = l.id) as item_count,
       array(select distinct a.audience from pricing.assignment a where a.list_id = l.id order by 1) as audiences
from pricing.price_list l
join network.organization o on o.id = l.seller_id
where (%(seller_id)s::int is null or l.seller_id = %(seller_id)s)
  and (%(status)s::text is null or l.status = %(status)s)
  and (%(audience)s::text is null
       or exists (select from pricing.assignment a where a.list_id = l.id and a.audience = %(audience)s))
  and (%(keys)s::text[] is null or l.search @> %(keys)s)
  and (%(is_whole)s or l.seller_id = any (%(organization_ids)s)) -- scope

-- name: find_price_list
select l.id, l.seller_id, l.code, l.name, l.currency, l.is_tax_included, l.status, l.valid_from, l.valid_until, l.note,
       l.created_at, l.version
from pricing.price_list l
where l.id = %(list_id)s
  and (%(is_whole)s or l.seller_id = any (%(organization_ids)s)) -- scope

-- name: find_own_price_list
-- A list of the caller itself: only that may be changed, not one of an organization below.
select l.id, l.seller_id, l.code, l.name, l.currency, l.is_tax_included, l.status, l.valid_from, l.valid_until, l.note,
       l.created_at, l.version
from pricing.price_list l
where l.id = %(list_id)s
  and (%(is_whole)s or l.seller_id = %(organization_id)s) -- scope

-- name: find_price_lists
-- Lists by id for functions that serve no person: imports and the demo.
select l.id, l.seller_id, l.code, l.name, l.currency, l.is_tax_included, l.status, l.valid_from, l.valid_until, l.note,
       l.created_at, l.version
from pricing.price_list l
where l.id = any (%(list_ids)s)

-- name: add_price_lists
insert into pricing.price_list
    (seller_id, code, name, currency, is_tax_included, status, valid_from, valid_until, note, sort_key, search,
     created_at)
select n.seller_id, n.code, n.name, n.currency, n.is_tax_included, 'draft', n.valid_from, n.valid_until, n.note,
       n.sort_key, string_to_array(n.search, ' '), %(now)s
from unnest(%(seller_id)s::int[], %(code)s::text[], %(name)s::text[], %(currency)s::text[],
            %(is_tax_included)s::bool[], %(valid_from)s::date[], %(valid_until)s::date[], %(note)s::text[],
            %(sort_key)s::text[], %(search)s::text[])
     as n (seller_id, code, name, currency, is_tax_included, valid_from, valid_until, note, sort_key, search)
on conflict (seller_id, code) do nothing
returning seller_id, code, id

-- name: edit_price_list
update pricing.price_list
set name = %(name)s, currency = %(currency)s, is_tax_included = %(is_tax_included)s, valid_from = %(valid_from)s,
    valid_until = %(valid_until)s, note = %(note)s, sort_key = %(sort_key)s, search = %(search)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: set_list_status
update pricing.price_list set status = %(status)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: touch_price_list
update pricing.price_list set version = version + 1 where id = %(id)s and version = %(version)s

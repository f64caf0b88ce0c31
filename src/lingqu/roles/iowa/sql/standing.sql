-- name: find_organizations
-- What an import made before, by code.
select o.code, o.id from network.organization as o where o.code = any (%(codes)s::text[])

-- name: find_product_lines
select l.code, l.id from network.product_line as l where l.brand_id = %(brand_id)s

-- name: find_categories
select c.code, c.id from catalog.category as c where c.brand_id = %(brand_id)s

-- name: find_tax_class
select t.id from catalog.tax_class as t where t.code = %(code)s

-- name: find_skus
-- A brand's SKUs with the pack of one base unit; of several the one made first, which comes last here.
select s.code, s.id, p.id
from catalog.sku as s
join catalog.pack as p on p.sku_id = s.id and p.units = 1
where s.brand_id = %(brand_id)s
order by s.code, p.id desc

-- name: find_gtins
-- Which of these numbers stand already, whoever's they are.
select p.gtin from catalog.pack as p where p.gtin = any (%(gtins)s::text[])

-- name: find_links
select l.seller_id, l.buyer_id from network.trade_link as l where l.seller_id = any (%(seller_ids)s::int[])

-- name: find_agreements
select a.seller_id, a.buyer_id from credit.agreement as a where a.seller_id = any (%(seller_ids)s::int[])

-- name: find_users
select u.login, u.id from identity.user as u where u.login = any (%(logins)s::text[])

-- name: find_price_list_sellers
-- Which of these sellers have a list of this code.
select l.seller_id from pricing.price_list as l
where l.seller_id = any (%(seller_ids)s::int[]) and l.code = %(code)s

-- name: find_regions
select r.id from identity.region as r where r.id = any (%(ids)s::int[])

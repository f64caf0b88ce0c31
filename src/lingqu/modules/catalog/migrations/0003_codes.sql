-- phase: expand
-- Lists of codes that people paste are looked up at once, whatever case they are written in.
create index sku_code on catalog.sku (lower(code));
create index barcode_code on catalog.barcode (organization_id, lower(code));

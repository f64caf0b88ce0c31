-- name: read_distributable_tables
-- The migrator's own book stays on the coordinator, where migrations run.
select n.nspname::text as schema, c.relname::text as name,
       exists (select from pg_attribute as a
               where a.attrelid = c.oid and a.attname = 'cell_id' and not a.attisdropped) as has_cell,
       exists (select from pg_index as i
               join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
               where i.indrelid = c.oid and i.indisprimary and a.attname = 'cell_id') as is_in_cells,
       (n.nspname = 'runtime' and c.relname = 'migration') as is_own_book
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any(%(schemas)s)
order by n.nspname, c.relname

-- name: read_references
select n.nspname::text as schema, c.relname::text as table, o.conname::text as name,
       pg_get_constraintdef(o.oid) as definition
from pg_constraint as o
join pg_class as c on c.oid = o.conrelid
join pg_namespace as n on n.oid = c.relnamespace
where o.contype = 'f' and o.conparentid = 0 and n.nspname = any(%(schemas)s)
order by n.nspname, c.relname, o.conname

-- name: read_functions
select n.nspname::text as schema, p.proname::text as name,
       n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')' as signature,
       coalesce(p.proargnames, '{}') as arguments, p.prosrc as body
from pg_proc as p
join pg_namespace as n on n.oid = p.pronamespace
where p.prokind = 'f' and n.nspname = any(%(schemas)s)
order by n.nspname, p.proname, 3

-- name: write_audit
-- One row per change; the arrays run in parallel.
insert into runtime.audit
    (cell_id, id, kind, object_id, before, after, party_id, user_id, actor_name, channel, trace_id, recorded_at)
select c.cell_id, c.id, c.kind, c.object_id, c.before, c.after,
       c.party_id, c.user_id, c.actor_name, c.channel, c.trace_id, %(now)s
from unnest(%(cell_id)s::int[], %(id)s::uuid[], %(kind)s::text[], %(object_id)s::text[],
            %(before)s::jsonb[], %(after)s::jsonb[], %(party_id)s::uuid[], %(user_id)s::int[], %(actor_name)s::text[],
            %(channel)s::text[], %(trace_id)s::text[])
     as c (cell_id, id, kind, object_id, before, after, party_id, user_id, actor_name, channel, trace_id)

-- name: list_audit
-- An organization reads what its own people changed.
select a.id, a.kind, a.object_id, a.before, a.after, a.party_id, a.user_id, a.actor_name, a.channel, a.trace_id,
       a.recorded_at
from runtime.audit as a
where a.cell_id = any(%(cell_ids)s)
  and (%(is_whole)s or a.party_id = %(party_id)s) -- scope
  and (%(kind)s::text is null or a.kind = %(kind)s)
  and (%(object_id)s::text is null or a.object_id = %(object_id)s)
  and (%(user_id)s::int is null or a.user_id = %(user_id)s)
  and (%(since)s::uuid is null or a.id >= %(since)s) -- ids are ordered by time
  and (%(until)s::uuid is null or a.id < %(until)s)

-- name: load_audit
copy runtime.audit (
    cell_id, id, kind, object_id, before, after, party_id, user_id, actor_name, channel, trace_id, recorded_at)
from stdin (format binary)

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

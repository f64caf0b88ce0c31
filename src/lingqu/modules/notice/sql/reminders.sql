-- name: find_reminder_rules
select r.party_id, r.is_active, r.after_hours, r.weekdays, r.opens_at, r.closes_at, r.version
from notice.reminder_rule as r
where r.party_id = any (%(party_ids)s)

-- name: put_reminder_rule
insert into notice.reminder_rule as r (party_id, is_active, after_hours, weekdays, opens_at, closes_at)
values (%(party_id)s, %(is_active)s, %(after_hours)s, %(weekdays)s, %(opens_at)s, %(closes_at)s)
on conflict (party_id) do update
set is_active = excluded.is_active, after_hours = excluded.after_hours, weekdays = excluded.weekdays,
    opens_at = excluded.opens_at, closes_at = excluded.closes_at, version = r.version + 1
where r.version = %(if_match)s
returning r.version

-- name: find_reminded
select d.kind, d.object_id, d.level, d.reminded_on
from unnest(%(cell_ids)s::int[], %(kinds)s::text[], %(object_ids)s::text[], %(levels)s::int[])
    as w (cell_id, kind, object_id, level)
join notice.reminded as d
    on d.cell_id = w.cell_id and d.kind = w.kind and d.object_id = w.object_id and d.level = w.level

-- name: claim_reminders
-- In key order. What another round has claimed for the day comes back as nothing.
insert into notice.reminded as d (cell_id, kind, object_id, level, reminded_on, reminded_at)
select w.cell_id, w.kind, w.object_id, w.level, w.reminded_on, %(now)s
from unnest(%(cell_ids)s::int[], %(kinds)s::text[], %(object_ids)s::text[], %(levels)s::int[], %(days)s::date[])
    as w (cell_id, kind, object_id, level, reminded_on)
order by w.cell_id, w.kind, w.object_id, w.level
on conflict (cell_id, kind, object_id, level) do update
set reminded_on = excluded.reminded_on, reminded_at = excluded.reminded_at
where d.reminded_on < excluded.reminded_on
returning d.kind, d.object_id, d.level, d.reminded_on

-- name: drop_old_reminded
delete from notice.reminded where cell_id = %(cell_id)s and reminded_at < %(before)s

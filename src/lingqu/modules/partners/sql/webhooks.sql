-- name: list_webhooks
select w.id, w.organization_id, w.url, w.description, w.subjects, w.state, w.disabled_reason,
       case when w.old_secret_until > %(now)s then w.old_secret_until end as old_secret_until, w.made_at,
       u.name as made_by,
       (select count(*) from partners.delivery as d
        where d.cell_id = %(cell_id)s and d.webhook_id = w.id and d.state = 'waiting') as waiting_count,
       l.failures, l.failing_since, w.version
from partners.webhook as w
join partners.lane as l on l.cell_id = %(cell_id)s and l.webhook_id = w.id
left join identity.user as u on u.id = w.made_by
where w.state <> 'closed' and (%(id)s::int is null or w.id = %(id)s)
  and w.organization_id = %(organization_id)s -- scope

-- name: count_webhooks
select count(*) from partners.webhook as w
where w.state <> 'closed' and w.organization_id = %(organization_id)s

-- name: add_webhook
insert into partners.webhook (organization_id, url, description, subjects, secret, made_at, made_by)
values (%(organization_id)s, %(url)s, %(description)s, %(subjects)s, %(secret)s, %(now)s, %(user_id)s)
returning id

-- name: add_lane
insert into partners.lane (cell_id, webhook_id) values (%(cell_id)s, %(webhook_id)s)

-- name: change_webhook
update partners.webhook
set url = %(url)s, description = %(description)s, subjects = %(subjects)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: move_webhook
update partners.webhook
set state = %(state)s, disabled_reason = %(reason)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: disable_webhook
update partners.webhook
set state = 'disabled', disabled_reason = %(reason)s, version = version + 1
where id = %(id)s and state = 'active'
returning organization_id, url

-- name: rotate_secret
update partners.webhook
set old_secret = secret, old_secret_until = %(until)s, secret = %(secret)s, version = version + 1
where id = %(id)s and version = %(version)s

-- name: read_target
select w.url, w.secret, case when w.old_secret_until > %(now)s then w.old_secret end as old_secret
from partners.webhook as w
where w.id = %(id)s and w.state = 'active'

-- name: find_subscribers
-- Whoever subscribed before the event happened: nobody is told of history.
select w.id as webhook_id, o.id as organization_id, o.party_id, o.home_cell as cell_id, w.made_at
from partners.webhook as w
join network.organization as o on o.id = w.organization_id
where w.state <> 'closed' and %(subject)s = any (w.subjects)
  and (o.id = any (%(organization_ids)s::int[]) or o.party_id = any (%(party_ids)s::uuid[]))

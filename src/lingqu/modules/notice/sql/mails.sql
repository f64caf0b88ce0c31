-- name: add_mail
insert into notice.mail (cell_id, id, address, subject, body, due_at, written_at)
values (%(cell_id)s, %(id)s, %(address)s, %(subject)s, %(body)s, %(now)s, %(now)s)

-- name: cells_with_due_mail
-- One cheap question for all cells, so that an idle postman does not ask each of them.
select c.cell_id
from generate_series(0, (select i.cell_count - 1 from runtime.installation as i)) as c (cell_id)
where exists (
    select from notice.mail as m
    where m.cell_id = c.cell_id and m.state = 'waiting' and m.due_at <= %(now)s
      and (m.lease_until is null or m.lease_until < %(now)s)
)

-- name: claim_mails
-- The oldest that are due and in nobody's hand, one cell at a time (scale-out rule 7).
update notice.mail as m
set lease_until = %(lease_until)s, lease_no = m.lease_no + 1
where m.cell_id = %(cell_id)s
  and m.id in (
      select d.id from notice.mail as d
      where d.cell_id = %(cell_id)s and d.state = 'waiting' and d.due_at <= %(now)s
        and (d.lease_until is null or d.lease_until < %(now)s)
      order by d.due_at
      limit %(limit)s
      for update skip locked
  )
returning m.cell_id, m.id, m.address, m.subject, m.body, m.attempts, m.lease_no

-- name: settle_sent
update notice.mail
set state = 'sent', sent_at = %(now)s, body = '', problem = null, lease_until = null
where cell_id = %(cell_id)s and id = %(id)s and lease_no = %(lease_no)s and state = 'waiting'

-- name: settle_problem
update notice.mail
set state = %(state)s, attempts = attempts + 1, due_at = %(due_at)s, problem = %(problem)s, lease_until = null,
    body = case when %(state)s = 'failed' then '' else body end
where cell_id = %(cell_id)s and id = %(id)s and lease_no = %(lease_no)s and state = 'waiting'

-- name: drop_old_mails
delete from notice.mail
where cell_id = %(cell_id)s
  and id in (
      select m.id from notice.mail as m
      where m.cell_id = %(cell_id)s and m.state <> 'waiting' and m.written_at < %(before)s
      limit %(limit)s
  )

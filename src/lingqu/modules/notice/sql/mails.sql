-- name: add_mail
insert into notice.mail (cell_id, id, address, subject, body, due_at, written_at)
values (%(cell_id)s, %(id)s, %(address)s, %(subject)s, %(body)s, %(now)s, %(now)s)

-- name: take_mail
-- One that is due and that no other worker holds.
select cell_id, id, address, subject, body, attempts
from notice.mail
where state = 'waiting' and due_at <= %(now)s
order by due_at
limit 1
for update skip locked

-- name: note_sent
update notice.mail set state = 'sent', sent_at = %(now)s, body = '', problem = null
where cell_id = %(cell_id)s and id = %(id)s

-- name: note_problem
update notice.mail
set state = %(state)s, attempts = attempts + 1, due_at = %(due_at)s, problem = %(problem)s,
    body = case when %(state)s = 'failed' then '' else body end
where cell_id = %(cell_id)s and id = %(id)s

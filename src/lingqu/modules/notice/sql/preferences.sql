-- name: read_preference
select coalesce(
           (select p.is_by_mail from notice.preference as p
            where p.cell_id = %(cell_id)s and p.user_id = %(user_id)s and p.party_id = %(party_id)s),
           false
       ) as is_by_mail,
       (select u.email from identity.user as u where u.id = %(user_id)s) as email

-- name: set_preference
insert into notice.preference (cell_id, user_id, party_id, is_by_mail)
values (%(cell_id)s, %(user_id)s, %(party_id)s, %(is_by_mail)s)
on conflict (cell_id, user_id, party_id) do update set is_by_mail = excluded.is_by_mail

-- name: who_wishes_mail
select u.email, u.language
from notice.preference as p
join identity.user as u on u.id = p.user_id and u.status = 'active' and u.email is not null
where p.cell_id = %(cell_id)s and p.party_id = %(party_id)s and p.user_id = any (%(user_ids)s) and p.is_by_mail
order by u.id

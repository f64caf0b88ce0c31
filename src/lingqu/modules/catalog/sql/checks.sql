-- name: pictures_without_use
-- In both directions: a picture whose file may be swept, and a file kept for a picture that is gone.
select 0, count(*)
from catalog.picture p
full join (select u.file_id, u.object_id::int as picture_id from files.use u where u.kind = 'picture') as u
     on u.picture_id = p.id and u.file_id = p.file_id
where p.id is null or u.picture_id is null
having count(*) > 0

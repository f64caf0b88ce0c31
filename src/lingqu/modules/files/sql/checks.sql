-- name: free_while_used
select 0, count(*)
from files.file f
where (f.free_since is null) <> exists (select from files.use u where u.file_id = f.id)
having count(*) > 0

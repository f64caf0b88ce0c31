-- name: cell_count
select cell_count from runtime.installation

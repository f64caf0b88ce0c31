-- name: bump_epoch
select network.bump_epoch_v1(%(cell_id)s::int, %(seller_id)s::int[])

-- name: find_epochs
select seller_id, value from network.epoch where cell_id = %(cell_id)s and seller_id = any(%(seller_ids)s)

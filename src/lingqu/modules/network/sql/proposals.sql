-- name: find_partner
-- By its whole code only: whoever does not know it finds nobody.
select id, party_id, status, kind, time_zone from network.organization where code = %(code)s and status <> 'closed'

-- name: find_pair
select id from network.trade_link where seller_id = %(seller_id)s and buyer_id = %(buyer_id)s

-- name: add_proposal
insert into network.link_proposal
    (seller_id, buyer_id, proposer_id, content, message, proposed_by_name, proposed_at, expires_at)
values (%(seller_id)s, %(buyer_id)s, %(proposer_id)s, %(content)s, %(message)s, %(proposed_by_name)s, %(now)s,
        %(expires_at)s)
on conflict (seller_id, buyer_id) where status = 'open' do nothing
returning id

-- name: list_proposals
select p.id, p.seller_id, s.name as seller_name, s.name_en as seller_name_en, p.buyer_id, b.name as buyer_name,
       b.name_en as buyer_name_en, p.proposer_id, p.content, p.message, p.status, p.proposed_by_name, p.proposed_at,
       p.expires_at, p.decided_by_name, p.decided_at, p.reason, p.link_id, s.currency,
       p.proposer_id = %(own_id)s as is_sent, %(own_id)s in (p.seller_id, p.buyer_id) as is_ours
from network.link_proposal p
join network.organization s on s.id = p.seller_id
join network.organization b on b.id = p.buyer_id
where (%(status)s::text is null or p.status = %(status)s)
  and (%(side)s::text is null or (p.proposer_id = %(own_id)s) = (%(side)s = 'sent'))
  and (%(side)s::text is null or %(own_id)s in (p.seller_id, p.buyer_id))
  and (%(is_whole)s or p.seller_id = any(%(organization_ids)s) or p.buyer_id = any(%(organization_ids)s)) -- scope

-- name: read_proposal
select p.id, p.seller_id, s.name as seller_name, s.name_en as seller_name_en, p.buyer_id, b.name as buyer_name,
       b.name_en as buyer_name_en, p.proposer_id, p.content, p.message, p.status, p.proposed_by_name, p.proposed_at,
       p.expires_at, p.decided_by_name, p.decided_at, p.reason, p.link_id, s.currency,
       p.proposer_id = %(own_id)s as is_sent, %(own_id)s in (p.seller_id, p.buyer_id) as is_ours
from network.link_proposal p
join network.organization s on s.id = p.seller_id
join network.organization b on b.id = p.buyer_id
where p.id = %(id)s
  and (%(is_whole)s or p.seller_id = any(%(organization_ids)s) or p.buyer_id = any(%(organization_ids)s)) -- scope

-- name: lock_proposal
select p.id from network.link_proposal p where p.id = %(id)s for update

-- name: decide_proposal
update network.link_proposal set status = %(status)s, decided_by_name = %(decided_by_name)s, decided_at = %(now)s,
       reason = %(reason)s, link_id = %(link_id)s
where id = %(id)s and status = 'open'

-- name: expire_proposals
-- In key order, a hundred at a time; one that is being decided is left for the next round.
update network.link_proposal p set status = 'expired', decided_at = %(now)s
from (select id from network.link_proposal where status = 'open' and expires_at <= %(now)s
      order by id limit 100 for update skip locked) as due,
     network.organization s, network.organization b
where p.id = due.id and s.id = p.seller_id and b.id = p.buyer_id
returning p.id, p.seller_id, p.buyer_id, p.proposer_id,
          case when p.proposer_id = p.seller_id then s.party_id else b.party_id end as party_id,
          case when p.proposer_id = p.seller_id then b.name else s.name end as partner_name

-- name: list_waiting_proposals
-- Open for an answer of the other side, which is called by the side that proposed.
select p.id, a.party_id, a.home_cell as cell_id, a.time_zone, q.name as partner_name, coalesce(q.name_en, '') as partner_name_en,
       p.proposed_at
from network.link_proposal p
join network.organization a on a.id = case when p.proposer_id = p.seller_id then p.buyer_id else p.seller_id end
join network.organization q on q.id = p.proposer_id
where p.status = 'open' and p.id > %(after_id)s and p.proposed_at <= %(before)s and p.expires_at > %(now)s
order by p.id
limit %(limit)s

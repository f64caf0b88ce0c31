-- phase: expand
-- What waits is gone through again and again, to remind who decides: by number, without what is over.
create index request_waiting_by_id on approval.request (id) where state = 'waiting';

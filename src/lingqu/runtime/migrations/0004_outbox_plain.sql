-- phase: expand
-- Events are read once, a moment after they are written: compressing them costs more than it saves.
alter table runtime.outbox alter column events set storage external;

-- phase: expand
-- Events are written, taken to the broker and never asked for in between: as text they are neither parsed on the way in
-- nor printed on the way out. Rows of the program before this one keep `events`.
alter table runtime.outbox add column body text;
alter table runtime.outbox alter column body set storage external;
alter table runtime.outbox alter column events drop not null;
alter table runtime.outbox add constraint outbox_one check (num_nonnulls(events, body) = 1) not valid;

-- What was published or sent on the bus beneath the topics, waiting for the process that hands it over after the commit.
create table bus.messages (
    id           bigint generated always as identity primary key,
    application  text        not null,
    destination  text        not null,
    message_id   uuid        not null,
    message_type text        not null,
    content_type text        not null,
    body         text        not null,
    envelope     jsonb       not null,
    created_at   timestamptz not null default clock_timestamp(),
    attempts     integer     not null default 0,
    failed_at    timestamptz,
    last_error   text
);
create index messages_waiting on bus.messages (application, id) where failed_at is null;
alter table bus.messages set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

create view ops.bus_messages as
select id,
       application,
       destination,
       message_type,
       message_id,
       case when failed_at is null then 'waiting' else 'failed' end as state,
       created_at,
       clock_timestamp() - created_at as age,
       attempts,
       last_error,
       body
from bus.messages;
comment on view ops.bus_messages is 'Messages published or sent on the bus of one application, committed and not handed over yet.';
comment on column ops.bus_messages.id is 'Orders them.';
comment on column ops.bus_messages.application is 'The application whose processes hand it over.';
comment on column ops.bus_messages.destination is 'The address on the bus.';
comment on column ops.bus_messages.message_type is 'What it is.';
comment on column ops.bus_messages.message_id is 'The message id.';
comment on column ops.bus_messages.state is 'waiting = will be handed over; failed = the bus did not take it, again and again.';
comment on column ops.bus_messages.created_at is 'When it was committed.';
comment on column ops.bus_messages.age is 'How long ago that was.';
comment on column ops.bus_messages.attempts is 'How often the bus did not take it.';
comment on column ops.bus_messages.last_error is 'Why not.';
comment on column ops.bus_messages.body is 'The message as it will be handed over.';

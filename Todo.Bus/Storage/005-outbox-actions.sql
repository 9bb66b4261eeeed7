-- What people did about messages that were refused: a discarded one is kept here with its bytes.
create table bus.outbox_actions (
    id           bigint generated always as identity primary key,
    action       text        not null check (action in ('retry', 'discard')),
    actor        text        not null,
    note         text,
    at           timestamptz not null default clock_timestamp(),
    target       text        not null,
    key          bytea,
    message_id   uuid        not null,
    message_type text        not null,
    error        text,
    headers      jsonb       not null,
    value        bytea
);
create index outbox_actions_at on bus.outbox_actions (at);

create view ops.outbox_actions as
select id,
       action,
       actor,
       note,
       at,
       target,
       ops.readable(key)   as key,
       message_type,
       message_id,
       error,
       headers,
       ops.readable(value) as value
from bus.outbox_actions;
comment on view ops.outbox_actions is 'What people did about refused messages with ./todo outbox, for 30 days. A discarded message is here only.';
comment on column ops.outbox_actions.id is 'Orders them.';
comment on column ops.outbox_actions.action is 'retry = sent again; discard = given up.';
comment on column ops.outbox_actions.actor is 'Who did it.';
comment on column ops.outbox_actions.note is 'Why.';
comment on column ops.outbox_actions.at is 'When.';
comment on column ops.outbox_actions.target is 'The topic, or the address on the bus, that it was for.';
comment on column ops.outbox_actions.key is 'The record key as text.';
comment on column ops.outbox_actions.message_type is 'The event type.';
comment on column ops.outbox_actions.message_id is 'The event id.';
comment on column ops.outbox_actions.error is 'Why it was refused.';
comment on column ops.outbox_actions.headers is 'The record headers, or what travels beside the body on the bus.';
comment on column ops.outbox_actions.value is 'The record value, or the body, as text.';

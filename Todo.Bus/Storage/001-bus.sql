-- The tables beneath the bus. One schema for every process of the system: a row left by one is relayed by any.
create schema if not exists bus;
create schema if not exists ops;

-- Records waiting for Kafka. Written in the transaction that made them true, deleted once the broker has them.
create table bus.outbox (
    id           bigint generated always as identity primary key,
    lane         smallint    not null,
    topic        text        not null,
    partition    integer,
    key          bytea,
    value        bytea,
    headers      jsonb       not null,
    message_id   uuid        not null,
    message_type text        not null,
    created_at   timestamptz not null default clock_timestamp(),
    attempts     integer     not null default 0,
    failed_at    timestamptz,
    last_error   text
);
-- What a relay reads. Refused rows are not in it, so that a thousand of them cost the others nothing.
create index outbox_lane on bus.outbox (lane, id) where failed_at is null;
-- Whether a key has stopped at a refused row.
create index outbox_failed on bus.outbox (topic, key, id) where failed_at is not null;
-- Rows live for milliseconds: vacuum early, or the index fills with the dead.
alter table bus.outbox set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

-- Messages a consumer group has handled; committed with their effects.
create table bus.inbox (
    consumer    text        not null,
    message_id  uuid        not null,
    received_at timestamptz not null default clock_timestamp(),
    primary key (consumer, message_id)
);
create index inbox_received_at on bus.inbox using brin (received_at);

-- Timeouts that sagas asked for, in the order they are to be released.
create table bus.timers (
    token        uuid        primary key,
    lane         smallint    not null,
    due_at       timestamptz not null,
    topic        text        not null,
    key          bytea,
    value        bytea       not null,
    headers      jsonb       not null,
    message_id   uuid        not null,
    message_type text        not null,
    saga_id      uuid,
    consumer     text        not null,
    created_at   timestamptz not null default clock_timestamp()
);
-- The token is part of the index: equal due times would otherwise sort the whole burst for each batch.
create index timers_lane_due on bus.timers (lane, due_at, token);
alter table bus.timers set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

-- Messages that could not be read or handled, kept with their bytes so that they can be replayed.
create table bus.dead_letters (
    id           bigint generated always as identity primary key,
    topic        text        not null,
    consumer     text        not null,
    partition    integer     not null,
    "offset"     bigint      not null,
    key          bytea,
    value        bytea,
    headers      jsonb       not null,
    message_id   uuid,
    message_type text,
    reason       text        not null,
    error        text        not null,
    stack        text,
    attempts     integer     not null,
    failed_at    timestamptz not null default clock_timestamp(),
    state        text        not null default 'waiting' check (state in ('waiting', 'replaying', 'replayed', 'discarded')),
    replays      integer     not null default 0,
    claimed_at   timestamptz,
    unique (topic, consumer, partition, "offset")
);
create index dead_letters_state on bus.dead_letters (state, topic, consumer, id);
create index dead_letters_failed_at on bus.dead_letters (failed_at) where state in ('replayed', 'discarded');

-- What people did about dead letters.
create table bus.dead_letter_actions (
    id             bigint generated always as identity primary key,
    dead_letter_id bigint      not null references bus.dead_letters on delete cascade,
    action         text        not null,
    actor          text        not null,
    note           text,
    at             timestamptz not null default clock_timestamp()
);
create index dead_letter_actions_letter on bus.dead_letter_actions (dead_letter_id);

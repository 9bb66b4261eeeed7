-- What people see with psql. Read-only by nature: each view computes columns, so it takes no writes.

-- Bytes as text where they are UTF-8, else as hex.
create function ops.readable(bytes bytea) returns text language plpgsql immutable strict as $$
begin
    return convert_from(bytes, 'UTF8');
exception when others then
    return bytes::text;
end
$$;
comment on function ops.readable(bytea) is 'Bytes as text where they are valid UTF-8, else as \x hex.';

create view ops.outbox as
select o.id,
       o.lane,
       case when o.failed_at is null then 'waiting' else 'refused' end as state,
       o.topic,
       o.partition,
       ops.readable(o.key)            as key,
       o.message_type,
       o.message_id,
       o.created_at,
       clock_timestamp() - o.created_at as age,
       o.attempts,
       o.failed_at,
       o.last_error,
       o.headers,
       ops.readable(o.value)          as value
from bus.outbox o;
comment on view ops.outbox is 'Records that are committed but not yet on Kafka. Normally empty or milliseconds old; a refused row and those behind it on its key need a person.';
comment on column ops.outbox.id is 'Order of relaying within a lane.';
comment on column ops.outbox.lane is 'Which of the 16 lanes relays it; one topic and key always has the same.';
comment on column ops.outbox.state is 'waiting = goes out by itself; refused = Kafka will not take it, or it waits behind such a row of its key; bus.release_refused(topic, key) lets them go.';
comment on column ops.outbox.topic is 'The topic it goes to.';
comment on column ops.outbox.partition is 'The partition asked for; empty = the key decides.';
comment on column ops.outbox.key is 'The record key as text.';
comment on column ops.outbox.message_type is 'The event type.';
comment on column ops.outbox.message_id is 'The event id; consumers drop it when they have seen it.';
comment on column ops.outbox.created_at is 'When it was written.';
comment on column ops.outbox.age is 'How long it has been waiting.';
comment on column ops.outbox.attempts is 'How often Kafka refused it.';
comment on column ops.outbox.failed_at is 'When it was set aside.';
comment on column ops.outbox.last_error is 'What Kafka said last.';
comment on column ops.outbox.headers is 'The record headers.';
comment on column ops.outbox.value is 'The record value as text.';

-- For a person who has removed the reason (or the row) of a refusal.
create function bus.release_refused(wanted_topic text, wanted_key text) returns bigint language sql as $$
    with released as (
        update bus.outbox set failed_at = null, last_error = null
        where failed_at is not null and topic = wanted_topic and ops.readable(key) is not distinct from wanted_key
        returning 1
    )
    select count(*) from released
$$;
comment on function bus.release_refused(text, text) is 'Lets the refused records of a topic and key go out again, in their order; answers how many.';

create view ops.timers as
select t.token,
       t.lane,
       t.due_at,
       t.due_at - clock_timestamp()                                  as due_in,
       greatest(clock_timestamp() - t.due_at, interval '0')          as late_by,
       t.topic,
       ops.readable(t.key)            as key,
       t.message_type,
       t.message_id,
       t.saga_id,
       t.consumer,
       t.created_at,
       clock_timestamp() - t.created_at as age,
       t.headers,
       ops.readable(t.value)          as value
from bus.timers t;
comment on view ops.timers is 'Timeouts that sagas asked for and that have not been released yet.';
comment on column ops.timers.token is 'Names the timer; the saga keeps the same token while it waits.';
comment on column ops.timers.lane is 'Which of the 16 lanes releases it.';
comment on column ops.timers.due_at is 'When it goes onto its topic.';
comment on column ops.timers.due_in is 'Time left; negative = overdue.';
comment on column ops.timers.late_by is 'How much it is overdue; zero when it is not.';
comment on column ops.timers.topic is 'The topic on which it comes back.';
comment on column ops.timers.key is 'The record key as text.';
comment on column ops.timers.message_type is 'The type of the timeout.';
comment on column ops.timers.message_id is 'The event id; a timeout released twice is handled once.';
comment on column ops.timers.saga_id is 'The saga that asked.';
comment on column ops.timers.consumer is 'The consumer group that asked.';
comment on column ops.timers.created_at is 'When it was set.';
comment on column ops.timers.age is 'How long ago it was set.';
comment on column ops.timers.headers is 'The record headers.';
comment on column ops.timers.value is 'The record value as text.';

create view ops.dead_letters as
select d.id,
       d.state,
       d.topic,
       d.consumer,
       d.partition,
       d."offset",
       ops.readable(d.key)            as key,
       d.message_type,
       d.message_id,
       d.reason,
       d.error,
       d.stack,
       d.attempts,
       d.replays,
       d.failed_at,
       clock_timestamp() - d.failed_at as age,
       a.action                       as last_action,
       a.actor                        as last_actor,
       a.note                         as last_note,
       a.at                           as last_action_at,
       d.headers,
       ops.readable(d.value)          as value
from bus.dead_letters d
left join lateral (select * from bus.dead_letter_actions where dead_letter_id = d.id order by id desc limit 1) a on true;
comment on view ops.dead_letters is 'Messages that a consumer could not read or handle. Replay or discard them with: ./todo dead-letters.';
comment on column ops.dead_letters.id is 'Names the letter in ./todo dead-letters.';
comment on column ops.dead_letters.state is 'waiting = for a person; replaying = on its way back to the consumer; replayed = handled at last; discarded = given up, with a note.';
comment on column ops.dead_letters.topic is 'The topic it came from.';
comment on column ops.dead_letters.consumer is 'The consumer group that failed, and the only one that a replay goes to.';
comment on column ops.dead_letters.partition is 'Where it was on its topic.';
comment on column ops.dead_letters."offset" is 'Where it was on its topic.';
comment on column ops.dead_letters.key is 'The record key as text.';
comment on column ops.dead_letters.message_type is 'The event type, where it could be read.';
comment on column ops.dead_letters.message_id is 'The event id, where it could be read.';
comment on column ops.dead_letters.reason is 'A short code: what kind of failure it was.';
comment on column ops.dead_letters.error is 'The error in a sentence.';
comment on column ops.dead_letters.stack is 'Where in the code it happened.';
comment on column ops.dead_letters.attempts is 'How often it was tried, replays included.';
comment on column ops.dead_letters.replays is 'How often a person sent it back.';
comment on column ops.dead_letters.failed_at is 'When it failed last.';
comment on column ops.dead_letters.age is 'How long ago it failed last.';
comment on column ops.dead_letters.last_action is 'What a person did last about it.';
comment on column ops.dead_letters.last_actor is 'Who did it.';
comment on column ops.dead_letters.last_note is 'Why.';
comment on column ops.dead_letters.last_action_at is 'When.';
comment on column ops.dead_letters.headers is 'The record headers.';
comment on column ops.dead_letters.value is 'The record value as text.';

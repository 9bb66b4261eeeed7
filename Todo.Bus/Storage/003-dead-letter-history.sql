-- An offset names a record only as long as the broker remembers: one that starts over hands the same offsets out again.
-- The content tells the records apart, so that a new letter never takes the place of an older one.
alter table bus.dead_letters
    add column fingerprint text generated always as (md5(coalesce(key, ''::bytea) || '\x00'::bytea || coalesce(value, ''::bytea))) stored,
    add column settled_at timestamptz;
alter table bus.dead_letters drop constraint dead_letters_topic_consumer_partition_offset_key;
alter table bus.dead_letters add constraint dead_letters_record unique (topic, consumer, partition, "offset", fingerprint);
comment on column bus.dead_letters.settled_at is 'When it was handled at last, or given up; retention counts from here.';

-- What retention reads.
drop index if exists bus.dead_letters_failed_at;
create index dead_letters_settled_at on bus.dead_letters (settled_at) where settled_at is not null;

using System.Collections.Concurrent;
using System.Text;
using Confluent.Kafka;
using CsCheck;
using Todo.Bus.Batching;
using Todo.Bus.Envelope;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;
using Todo.Bus.Tests.Storage;
using Todo.Testing;

namespace Todo.Bus.Tests.Batching;

public sealed class KeyLaneTests
{
    [Fact]
    public async Task Whatever_fails_and_however_often_each_key_keeps_its_order_and_every_record_settles()
    {
        // Each record: its key, and how often it fails before it succeeds (4 attempts make a dead letter).
        await Gen.Select(Gen.Int[0, 4], Gen.Frequency((6, Gen.Const(0)), (2, Gen.Int[1, 3]), (1, Gen.Const(9)))).Array[1, 60].SampleAsync(
            async plan =>
            {
                var runner = new ScriptedRunner();
                var rig = new Rig(runner);
                for (var i = 0; i < plan.Length; i++)
                    runner.FailuresLeft[i] = plan[i].Item2;
                for (var i = 0; i < plan.Length; i++)
                    rig.Add($"key{plan[i].Item1}", i);

                await using (rig.Run())
                    await Eventually.True(() => rig.Stored == plan.Length);

                foreach (var key in runner.Effects.GroupBy(offset => plan[offset].Item1))
                    key.Should().BeInAscendingOrder();
                runner.Effects.Should().BeEquivalentTo(Enumerable.Range(0, plan.Length).Where(i => plan[i].Item2 < 4), "the others are dead letters");
            },
            iter: 30,
            threads: 1);
    }

    [Fact]
    public async Task A_record_that_waits_for_its_retry_is_dropped_when_its_partition_goes_away()
    {
        var runner = new ScriptedRunner { FailuresLeft = { [0] = 9 } };
        var rig = new Rig(runner, retry: TimeSpan.FromMilliseconds(300));
        rig.Add("key", 0);
        await using var running = rig.Run();
        await Eventually.True(() => runner.Attempts[0] == 1);
        await Eventually.True(() => rig.Tracker.InHand == 0);

        rig.Tracker.Leave();
        rig.Tracker.Revoke();
        // The same key comes again on a partition that is ours: it must not wait behind the one that is gone, which must not be tried again.
        rig.Add("key", 50, new PartitionTracker(new TopicPartition("topic", 1), _ => { }));
        await Eventually.True(() => runner.Effects.Contains(50));

        runner.Attempts[0].Should().Be(1);
    }

    [Fact]
    public async Task A_lane_that_breaks_in_the_middle_handles_everything_once_more_and_counts_it_once()
    {
        var runner = new ScriptedRunner { BreakOnce = true, FailuresLeft = { [1] = 2 } };
        var rig = new Rig(runner);
        for (var i = 0; i < 20; i++)
            rig.Add($"key{i % 3}", i);

        await using (rig.Run())
            await Eventually.True(() => rig.Stored == 20);

        rig.Tracker.Unsettled.Should().Be(0);
        foreach (var key in runner.Effects.GroupBy(offset => offset % 3))
            key.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_lane_that_stops_finishes_the_batch_in_hand_and_begins_no_other()
    {
        var runner = new ScriptedRunner { Gate = new TaskCompletionSource() };
        var rig = new Rig(runner);
        rig.Add("key", 0);
        var running = rig.Run();
        await Eventually.True(() => runner.Attempts.ContainsKey(0));
        rig.Add("key", 1);

        var stopped = running.DisposeAsync().AsTask();
        stopped.IsCompleted.Should().BeFalse();
        runner.Gate.SetResult();
        await stopped;

        runner.Effects.Should().Equal(0);
        rig.Stored.Should().Be(1, "what was in hand is settled, what was queued is read again");
    }

    [Fact]
    public async Task A_replayed_letter_that_fails_again_does_not_hold_up_what_came_after_it_on_its_key()
    {
        var runner = new ScriptedRunner { FailuresLeft = { [0] = 9 } };
        var rig = new Rig(runner, retry: TimeSpan.FromSeconds(30));
        rig.Replay("key", 0, letter: 1);
        rig.Replay("key", 1, letter: 2);
        await using var running = rig.Run();
        await Eventually.True(() => runner.Attempts.ContainsKey(0));

        rig.Add("key", 2);

        await Eventually.True(() => runner.Effects.Contains(2));
        runner.Effects.Should().Equal([2], "the letter behind the one that failed keeps its place, the new record never had one there");
    }

    [Fact]
    public async Task A_record_on_which_reading_itself_breaks_is_put_aside_and_the_lane_goes_on()
    {
        var runner = new ScriptedRunner();
        var rig = new Rig(runner, breaksOn: 1);
        rig.Add("one", 0);
        rig.Add("two", 1);
        rig.Add("two", 2);

        await using (rig.Run())
            await Eventually.True(() => rig.Stored == 3);

        runner.Effects.Should().BeEquivalentTo([0, 2]);
    }

    [Fact]
    public async Task A_pattern_passes_by_the_dead_letters_of_the_topics_it_matches()
    {
        var runner = new ScriptedRunner();
        var rig = new Rig(runner, pattern: "^topic.*");
        var letters = new PartitionTracker(new TopicPartition("topic.group.dead-letter", 0), _ => { });
        rig.Add("key", 0, letters);
        rig.Add("key", 1);

        await using (rig.Run())
            await Eventually.True(() => runner.Effects.Contains(1));

        runner.Effects.Should().Equal(1);
        letters.Unsettled.Should().Be(0);
    }

    /// <summary>One lane over one partition.</summary>
    private sealed class Rig
    {
        private readonly KeyLane _lane;

        public Rig(IBatchRunner runner, TimeSpan? retry = null, string pattern = "topic", int breaksOn = -1)
        {
            var types = new MessageTypes();
            types.Add(new Dictionary<Type, string> { [typeof(OrderPaid)] = "order.paid.v1" });
            var pause = retry ?? TimeSpan.FromMilliseconds(1);
            var settings = new TopicEndpointSettings { Topic = pattern, GroupId = "group", Consumer = "group", Config = new ConsumerConfig(), BatchSize = 7, Retries = [pause, pause, pause] };
            var logger = new TestLogger<KeyLane>();
            _lane = new KeyLane(
                new BreakingReader(types, settings, breaksOn), runner,
                new DeadLetterWriter(null, settings, new OutboxSignal(), logger), settings, TimeProvider.System, logger);
            Tracker = new PartitionTracker(new TopicPartition("topic", 0), offset => Stored = offset.Offset.Value);
        }

        public PartitionTracker Tracker { get; }

        public long Stored { get; private set; }

        public void Add(string key, int offset, PartitionTracker? tracker = null)
        {
            (tracker ?? Tracker).Begin(offset);
            Add(key, offset, tracker ?? Tracker, null);
        }

        public void Replay(string key, int offset, long letter) => Add(key, offset, null, letter);

        private void Add(string key, int offset, PartitionTracker? tracker, long? letter)
        {
            var json = $$"""{ "specversion": "1.0", "id": "{{offset}}", "source": "/tests", "type": "order.paid.v1", "data": { "orderId": "{{Guid.Empty}}", "number": {{offset}} } }""";
            _lane.Add(new KafkaRecord
            {
                Position = new TopicPartitionOffset((tracker ?? Tracker).Partition, offset),
                Key = Encoding.UTF8.GetBytes(key),
                Value = Encoding.UTF8.GetBytes(json),
                Tracker = tracker,
                DeadLetterId = letter,
            });
        }

        public IAsyncDisposable Run()
        {
            var stopping = new CancellationTokenSource();
            var running = Task.Run(() => _lane.RunAsync(stopping.Token, CancellationToken.None));
            return new Stop(async () =>
            {
                await stopping.CancelAsync();
                await running;
                stopping.Dispose();
            });
        }

        private sealed class Stop(Func<Task> stop) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync() => await stop();
        }
    }

    private sealed class BreakingReader(MessageTypes types, TopicEndpointSettings settings, int breaksOn)
        : RecordReader(types, new HashSet<Type> { typeof(OrderPaid) }, settings)
    {
        public override ReadyMessage? Read(KafkaRecord record) =>
            record.Position.Offset.Value == breaksOn ? throw new InvalidOperationException("No reader expects this.") : base.Read(record);
    }

    /// <summary>Fails each record as often as told and writes down what succeeded. What follows a failure on its key waits, as with the real one.</summary>
    private sealed class ScriptedRunner : IBatchRunner
    {
        public ConcurrentDictionary<int, int> FailuresLeft { get; } = new();

        public ConcurrentDictionary<int, int> Attempts { get; } = new();

        public ConcurrentQueue<int> Effects { get; } = new();

        public bool BreakOnce { get; set; }

        public TaskCompletionSource? Gate { get; init; }

        public async Task<BatchResult> RunAsync(IReadOnlyList<ReadyMessage> messages, CancellationToken ct)
        {
            await Task.Yield();
            var result = new BatchResult();
            var effects = new List<int>();
            foreach (var message in messages)
            {
                if (result.HoldBack(message.Record))
                    continue;
                var offset = ((OrderPaid)message.Body).Number;
                Attempts.AddOrUpdate(offset, 1, (_, before) => before + 1);
                if (Gate is not null)
                    await Gate.Task;
                if (FailuresLeft.TryGetValue(offset, out var left) && left > 0)
                {
                    FailuresLeft[offset] = left - 1;
                    result.Fail(message.Record, new InvalidOperationException("not yet"));
                    continue;
                }

                if (BreakOnce && offset == 5)
                {
                    BreakOnce = false;
                    throw new InvalidProgramException("the runner itself broke");
                }

                effects.Add(offset);
                result.Done.Add(message.Record);
            }

            effects.ForEach(Effects.Enqueue); // the commit
            return result;
        }
    }
}

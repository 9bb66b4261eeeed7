using Confluent.Kafka;
using CsCheck;
using Todo.Bus.Kafka;

namespace Todo.Bus.Tests.Kafka;

public sealed class PartitionTrackerTests
{
    private static readonly TopicPartition Partition = new("topic", 3);

    [Fact]
    public void The_stored_offset_never_passes_a_record_without_effect_in_whatever_order_they_settle()
    {
        // Offsets with gaps, as transactions and compaction leave them, settled in any order.
        Gen.Select(Gen.Int[1, 5].Array[1, 40], Gen.Int[0, int.MaxValue - 1]).Sample((gaps, seed) =>
        {
            var offsets = gaps.Select((_, i) => gaps.Take(i + 1).Sum(gap => (long)gap)).ToArray();
            var stored = new List<long>();
            var tracker = new PartitionTracker(Partition, offset => stored.Add(offset.Offset.Value));
            foreach (var offset in offsets)
                tracker.Begin(offset);
            tracker.Ends(offsets[^1] + 1);

            var open = offsets.ToHashSet();
            foreach (var offset in offsets.OrderBy(offset => HashCode.Combine(seed, offset)))
            {
                tracker.Settle(offset);
                open.Remove(offset);
                var first = open.Count > 0 ? open.Min() : long.MaxValue;
                (stored.LastOrDefault() <= first).Should().BeTrue();
                tracker.Unsettled.Should().Be(open.Count);
                tracker.Lag.Should().Be(open.Count == 0 ? 0 : offsets[^1] + 1 - first);
            }

            stored.Should().BeInAscendingOrder();
            stored[^1].Should().Be(offsets[^1] + 1);
        });
    }

    [Fact]
    public void A_partition_that_leaves_lets_what_is_in_hand_settle_and_gives_out_nothing_more()
    {
        var stored = new List<long>();
        var tracker = new PartitionTracker(Partition, offset => stored.Add(offset.Offset.Value));
        tracker.Begin(7);
        tracker.Begin(8);
        tracker.TryTake().Should().BeTrue();

        tracker.Leave();
        tracker.TryTake().Should().BeFalse("record 8 is for the next owner");
        tracker.InHand.Should().Be(1);
        tracker.Settle(7);
        tracker.PutDown();
        tracker.InHand.Should().Be(0);
        tracker.Revoke();
        tracker.Settle(8);

        stored.Should().Equal(8);
    }
}

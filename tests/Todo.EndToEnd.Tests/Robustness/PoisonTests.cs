using Confluent.Kafka;
using Todo.Contracts;
using Todo.Testing;

namespace Todo.EndToEnd.Tests.Robustness;

public sealed class PoisonTests(RunningSystem system)
{
    public static TheoryData<string> EveryTopicSomebodyReads => [.. Topics.All.Where(topic => topic != Topics.TaskCommandResults)];

    [Theory]
    [MemberData(nameof(EveryTopicSomebodyReads))]
    public async Task Malformed_JSON_becomes_a_dead_letter_with_its_reason(string topic)
    {
        var key = Guid.NewGuid().ToString();

        await ProduceAsync(topic, key, "{ this is not JSON");

        var letters = await Eventually.Get(
            () => system.QueryAsync("select consumer, reason, error, state, value from ops.dead_letters where topic = $1 and key = $2", topic, key),
            rows => rows.Count > 0,
            TimeSpan.FromMinutes(1));
        letters.Should().OnlyContain(letter => letter["reason"] != null && letter["error"] != null && (string?)letter["state"] == "waiting");
        letters.Should().OnlyContain(letter => (string?)letter["value"] == "{ this is not JSON");
    }

    [Fact]
    public async Task After_poison_on_its_own_key_a_task_is_still_reminded_of()
    {
        using var person = await Person.SignUpAsync(system);
        var before = await person.CreateWithReminderAsync("Before the poison", TimeSpan.FromSeconds(2));
        foreach (var topic in new[] { Topics.TaskEvents, Topics.Reminders, Topics.TaskTimers })
            await ProduceAsync(topic, before.TaskId.ToString(), "{ this is not JSON");

        var after = await person.CreateWithReminderAsync("After the poison", TimeSpan.FromSeconds(2));

        var notifications = await Eventually.Get(person.NotificationsAsync, all => all.Count == 2, TimeSpan.FromMinutes(1));
        notifications.Select(notification => notification.TaskId).Should().BeEquivalentTo([(Guid?)before.TaskId, after.TaskId]);
    }

    private async Task ProduceAsync(string topic, string key, string value)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = system.Kafka, Partitioner = Partitioner.Murmur2Random }).Build();
        await producer.ProduceAsync(topic, new Message<string, string> { Key = key, Value = value });
    }
}

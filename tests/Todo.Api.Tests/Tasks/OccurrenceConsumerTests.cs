using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Todo.Contracts;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;
using Todo.Testing;

namespace Todo.Api.Tests.Tasks;

/// <summary>What the recurrence saga asks for, over Kafka, as anybody who reads the contract would write it.</summary>
public sealed class OccurrenceConsumerTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_next_occurrence_is_a_copy_with_its_parts_open_and_asking_twice_makes_one()
    {
        var ana = await api.SomebodyAsync();
        var first = await ana.AddAsync(new CreateTaskRequest
        {
            Title = "Bins",
            Labels = ["home"],
            Due = new Due(new DateOnly(2026, 5, 11)),
            Recurrence = new RecurrenceRule("FREQ=WEEKLY"),
        });
        await ana.AddAsync(new CreateTaskRequest { Title = "paper", ParentId = first.TaskId });
        await ana.DoAsync(first, "complete");
        var command = new CreateOccurrence(
            Guid.NewGuid(), ana.Id, first.TaskId, 2, first.TaskId, new Due(new DateOnly(2026, 5, 18)), null, null, [], DateTimeOffset.UtcNow);

        await SendAsync(command.TaskId, "todo.task.create-occurrence.v1", JsonSerializer.Serialize(command, Person.Json));
        await SendAsync(command.TaskId, "todo.task.create-occurrence.v1", JsonSerializer.Serialize(command, Person.Json));

        var open = await Eventually.Get(() => ana.TitlesAsync("open"), titles => titles.Count == 2, Patience);
        open.Should().BeEquivalentTo("Bins", "paper");
        var next = await ana.GetAsync<TaskView>($"/api/v1/tasks/{command.TaskId}");
        next.Occurrence.Should().Be(2);
        next.SeriesId.Should().Be(first.TaskId);
        next.Labels.Should().Equal("home");
        next.Due.Should().Be(command.Due);

        var withdraw = new WithdrawOccurrence(command.TaskId, ana.Id, first.TaskId, DateTimeOffset.UtcNow);
        await SendAsync(command.TaskId, "todo.task.withdraw-occurrence.v1", JsonSerializer.Serialize(withdraw, Person.Json));

        await Eventually.Get(() => ana.TitlesAsync("open"), titles => titles.Count == 0, Patience);
        (await ana.ChangesAsync(0)).Changes.Count(c => c.TaskId == command.TaskId).Should().Be(1);
    }

    private async Task SendAsync(Guid key, string type, string data)
    {
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = api.BootstrapServers }).Build();
        var value = $$"""
            {"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"/tests","type":"{{type}}","subject":"{{key}}","partitionkey":"{{key}}","time":"{{DateTimeOffset.UtcNow:O}}","datacontenttype":"application/json","data":{{data}}}
            """;
        await producer.ProduceAsync(Topics.TaskCommands, new Message<string, byte[]>
        {
            Key = key.ToString(),
            Value = Encoding.UTF8.GetBytes(value),
            Headers = new Headers { { "content-type", "application/cloudevents+json"u8.ToArray() } },
        });
    }
}

using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
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

    [Fact]
    public async Task Sub_tasks_come_along_with_their_dates_leave_when_untouched_and_come_back()
    {
        var ana = await api.SomebodyAsync("Europe/Berlin");
        var first = await ana.AddAsync(new CreateTaskRequest { Title = "Trip", Due = new Due(new DateOnly(2026, 10, 23)), Recurrence = new RecurrenceRule("FREQ=WEEKLY") });
        var pack = await ana.AddAsync(new CreateTaskRequest
        {
            Title = "pack",
            ParentId = first.TaskId,
            Due = new Due(new DateOnly(2026, 10, 22), new TimeOnly(18, 0)),
            Reminders = [new Reminder(Guid.NewGuid(), DateTimeOffset.Parse("2026-10-22T06:00Z", null)), new Reminder(Guid.NewGuid(), MinutesBefore: 30)],
        });
        await ana.AddAsync(new CreateTaskRequest { Title = "socks", ParentId = pack.TaskId });
        await ana.DeleteAsync(await ana.AddAsync(new CreateTaskRequest { Title = "thrown away", ParentId = first.TaskId }));
        await ana.DoAsync(await ana.AddAsync(new CreateTaskRequest { Title = "put away", ParentId = first.TaskId }), "archive");
        await ana.DoAsync(first, "complete");
        var command = new CreateOccurrence(
            Guid.NewGuid(), ana.Id, first.TaskId, 2, first.TaskId, new Due(new DateOnly(2026, 10, 30)), null, null, [], DateTimeOffset.UtcNow);

        await SendAsync(command.TaskId, "todo.task.create-occurrence.v1", JsonSerializer.Serialize(command, Person.Json));
        await Eventually.Get(() => ana.TitlesAsync("open"), titles => titles.Count == 3, Patience);

        var again = (await ana.GetAsync<TaskPage>($"/api/v1/tasks?view=open&parentId={command.TaskId}")).Items.Should().ContainSingle().Subject;
        again.Title.Should().Be("pack");
        again.Due.Should().Be(new Due(new DateOnly(2026, 10, 29), new TimeOnly(18, 0)));
        again.Reminders[0].At.Should().Be(DateTimeOffset.Parse("2026-10-29T07:00Z", null)); // 08:00 in Berlin, before and after summer
        again.Reminders[1].Should().Be(pack.Reminders[1]);

        var withdraw = new WithdrawOccurrence(command.TaskId, ana.Id, first.TaskId, DateTimeOffset.UtcNow);
        await SendAsync(command.TaskId, "todo.task.withdraw-occurrence.v1", JsonSerializer.Serialize(withdraw, Person.Json));
        await Eventually.Get(() => ana.TitlesAsync("open"), titles => titles.Count == 0, Patience);

        await SendAsync(command.TaskId, "todo.task.create-occurrence.v1", JsonSerializer.Serialize(command with { Due = new Due(new DateOnly(2026, 10, 31)) }, Person.Json));
        var open = await Eventually.Get(() => ana.TitlesAsync("open"), titles => titles.Count == 3, Patience);
        open.Should().BeEquivalentTo("Trip", "pack", "socks");
        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{again.TaskId}")).Due!.Date.Should().Be(new DateOnly(2026, 10, 30));

        await ana.DoAsync(again, "complete");
        var last = await SendAsync(command.TaskId, "todo.task.withdraw-occurrence.v1", JsonSerializer.Serialize(withdraw, Person.Json));
        await Eventually.True(() => IsHandledAsync(last), Patience);
        (await ana.TitlesAsync("open")).Should().Contain("Trip", "somebody has touched a part of it");
    }

    private Task<bool> IsHandledAsync(Guid messageId) => api.InStorageAsync(db =>
        db.Database.SqlQuery<bool>($"select exists (select 1 from bus.inbox where message_id = {messageId}) as \"Value\"").SingleAsync());

    private async Task<Guid> SendAsync(Guid key, string type, string data)
    {
        var id = Guid.NewGuid();
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = api.BootstrapServers }).Build();
        var value = $$"""
            {"specversion":"1.0","id":"{{id}}","source":"/tests","type":"{{type}}","subject":"{{key}}","partitionkey":"{{key}}","time":"{{DateTimeOffset.UtcNow:O}}","datacontenttype":"application/json","data":{{data}}}
            """;
        await producer.ProduceAsync(Topics.TrustedTaskCommands, new Message<string, byte[]>
        {
            Key = key.ToString(),
            Value = Encoding.UTF8.GetBytes(value),
            Headers = new Headers { { "content-type", "application/cloudevents+json"u8.ToArray() } },
        });
        return id;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Tests.Commands;
using Todo.Contracts;
using Todo.Contracts.Bulk;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;
using Todo.Testing;

namespace Todo.Api.Tests.Tasks;

/// <summary>Undoing and repeating: what the Api allows, with the test in the place of the recurrence saga.</summary>
public sealed class OneLiveOccurrenceTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Reopening_takes_the_next_one_back_though_touched_and_completing_again_brings_it_back_as_it_was()
    {
        var ana = await api.SomebodyAsync();
        var first = await ana.AddAsync(Weekly("Bins"));
        await ana.AddAsync(new CreateTaskRequest { Title = "paper", ParentId = first.TaskId });
        var undo = await CompleteAsync(ana, first);
        var next = await NextAsync(ana, first, 18);
        await ana.PatchAsync(next, new JsonObject { ["notes"] = "ask Ben", ["labels"] = new JsonArray("out") });
        await ana.AddAsync(new CreateTaskRequest { Title = "glass", ParentId = next.TaskId });

        (await ana.Http.PostAsync($"/api/v1/undo/{undo}", null)).StatusCode.Should().Be(HttpStatusCode.OK);

        (await ana.TitlesAsync("open")).Should().BeEquivalentTo("Bins", "paper");
        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{first.TaskId}")).Should().BeEquivalentTo(new { State = TaskState.Open, first.Due, first.Recurrence, first.Labels, Occurrence = 1 });
        (await ana.TitlesAsync("trash")).Should().BeEquivalentTo("Bins", "paper", "glass");

        await CompleteAsync(ana, first);
        var again = await NextAsync(ana, first, 19);

        again.Should().BeEquivalentTo(new { next.TaskId, Notes = "ask Ben", State = TaskState.Open, Due = new Due(new DateOnly(2026, 5, 19)) });
        (await ana.TitlesAsync("open")).Should().BeEquivalentTo("Bins", "paper", "glass");
    }

    [Fact]
    public async Task Dates_and_reminders_given_by_hand_outlast_an_undo()
    {
        var ana = await api.SomebodyAsync();
        var first = await ana.AddAsync(Weekly("Bins"));
        await CompleteAsync(ana, first);
        var next = await NextAsync(ana, first, 18);
        var reminder = new JsonObject { ["reminderId"] = Guid.NewGuid(), ["minutesBefore"] = 10 };
        await ana.PatchAsync(next, new JsonObject { ["due"] = new JsonObject { ["date"] = "2026-05-21" }, ["reminders"] = new JsonArray(reminder) });

        await ana.DoAsync(first, "reopen");
        await CompleteAsync(ana, first);
        var again = await NextAsync(ana, first, 19);

        again.Due!.Date.Should().Be(new DateOnly(2026, 5, 21));
        again.Reminders.Should().ContainSingle();
    }

    [Fact]
    public async Task An_occurrence_whose_next_one_is_closed_stays_closed_until_that_is_opened_again()
    {
        var ana = await api.SomebodyAsync();
        var first = await ana.AddAsync(Weekly("Bins"));
        var undo = await CompleteAsync(ana, first);
        var second = await NextAsync(ana, first, 18);
        await CompleteAsync(ana, second);
        await NextAsync(ana, second, 25, 3);

        var byVerb = await ana.Http.PostAsync($"/api/v1/tasks/{first.TaskId}/reopen", null);
        var byUndo = await ana.Http.PostAsync($"/api/v1/undo/{undo}", null);
        var inBulk = await Person.ReadAsync<BulkAnswer>(await ana.Http.PostAsJsonAsync("/api/v1/bulk", new BulkRequest(
        [
            new BulkCommand { Verb = BulkVerb.Reopen, TaskId = first.TaskId },
            new BulkCommand { Verb = BulkVerb.Reopen, TaskId = second.TaskId },
            new BulkCommand { Verb = BulkVerb.Reopen, TaskId = first.TaskId },
        ]), Person.Json));

        byVerb.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await byVerb.Content.ReadAsStringAsync()).Should().Contain("reopen the latest one first");
        byUndo.StatusCode.Should().Be(HttpStatusCode.Conflict);
        inBulk.Results.Select(result => result.Status).Should().Equal(409, 200, 200);
        var open = (await ana.GetAsync<TaskPage>("/api/v1/tasks?view=open")).Items.Should().ContainSingle().Subject;
        open.Should().BeEquivalentTo(new { first.TaskId, Occurrence = 1 });
    }

    [Fact]
    public async Task What_was_taken_back_cannot_be_restored_beside_the_open_one_before_it()
    {
        var ana = await api.SomebodyAsync();
        var first = await ana.AddAsync(Weekly("Bins"));
        await CompleteAsync(ana, first);
        var next = await NextAsync(ana, first, 18);
        await ana.DoAsync(first, "reopen");

        var restored = await ana.Http.PostAsync($"/api/v1/tasks/{next.TaskId}/restore", null);

        restored.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await restored.Content.ReadAsStringAsync()).Should().Contain("comes back by itself");
    }

    [Fact]
    public async Task A_request_overtaken_by_an_undo_makes_nothing()
    {
        var ana = await api.SomebodyAsync();
        var first = await ana.AddAsync(Weekly("Bins"));
        await CompleteAsync(ana, first);
        await ana.DoAsync(first, "reopen");

        await HandledAsync(await AskAsync(ana, first, 18, 2));

        (await ana.TitlesAsync("open")).Should().Equal("Bins");
    }

    [Fact]
    public async Task A_skip_that_nobody_heard_is_said_again_as_a_skip()
    {
        var ana = await api.SomebodyAsync();
        using var log = new TopicLog(api.BootstrapServers, Topics.TaskEvents);
        var task = await ana.AddAsync(Weekly("Bins"));
        await ana.Http.PostAsync($"/api/v1/tasks/{task.TaskId}/skip?allMissed=true", null);
        await ana.PatchAsync(task, new JsonObject { ["title"] = "Bin" });

        await HandledAsync(await SendAsync(task.TaskId, "todo.task.republish.v1", new RepublishTask(task.TaskId, DateTimeOffset.UtcNow)));

        var skips = await Eventually.Get(
            () => log.All((key, fact) => key == task.TaskId.ToString() && fact["type"]!.ToString() == "todo.task.occurrence-skipped.v1"), found => found.Count == 2, Patience);
        skips[1]["data"]!["allMissed"]!.GetValue<bool>().Should().BeTrue();
        skips[1]["data"]!["occurredAt"]!.ToString().Should().Be(skips[0]["data"]!["occurredAt"]!.ToString());

        await ana.DoAsync(task, "reopen");
        await ana.DoAsync(task, "archive");
        await HandledAsync(await SendAsync(task.TaskId, "todo.task.republish.v1", new RepublishTask(task.TaskId, DateTimeOffset.UtcNow)));
        await Eventually.Get(() => log.All((key, fact) => key == task.TaskId.ToString() && fact["type"]!.ToString() == "todo.task.archived.v1"), found => found.Count == 2, Patience);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repeating_part_comes_again_beneath_the_next_whole_whichever_of_the_two_comes_first(bool wholeFirst)
    {
        var ana = await api.SomebodyAsync();
        var whole = await ana.AddAsync(Weekly("Trip"));
        var part = await ana.AddAsync(Weekly("pack") with { ParentId = whole.TaskId });
        await CompleteAsync(ana, whole); // its parts with it

        var (nextPart, nextWhole) = (TaskIdOf(part, 2), TaskIdOf(whole, 2));
        foreach (var (task, day) in wholeFirst ? [(whole, 18), (part, 20)] : new[] { (part, 20), (whole, 18) })
            await HandledAsync(await AskAsync(ana, task, day, 2));

        (await ana.TitlesAsync("open")).Should().BeEquivalentTo("Trip", "pack");
        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{nextPart}")).Should().BeEquivalentTo(
            new { ParentId = nextWhole, SeriesId = part.TaskId, Occurrence = 2, Due = new Due(new DateOnly(2026, 5, 20)) });

        await ana.DoAsync(whole, "reopen");
        (await ana.TitlesAsync("open")).Should().Equal("Trip");
    }

    private static CreateTaskRequest Weekly(string title) =>
        new() { Title = title, Due = new Due(new DateOnly(2026, 5, 11)), Recurrence = new RecurrenceRule("FREQ=WEEKLY") };

    private static async Task<Guid> CompleteAsync(Person person, TaskView task)
    {
        var answer = await person.Http.PostAsync($"/api/v1/tasks/{task.TaskId}/complete", null);
        return Guid.Parse(answer.Headers.GetValues("X-Undo-Token").Single());
    }

    private async Task<TaskView> NextAsync(Person person, TaskView previous, int day, int occurrence = 2)
    {
        await HandledAsync(await AskAsync(person, previous, day, occurrence));
        return await person.GetAsync<TaskView>($"/api/v1/tasks/{TaskIdOf(previous, occurrence)}");
    }

    private Task<Guid> AskAsync(Person person, TaskView previous, int day, int occurrence)
    {
        var id = TaskIdOf(previous, occurrence);
        return SendAsync(id, "todo.task.create-occurrence.v1", new CreateOccurrence(
            id, person.Id, previous.SeriesId!.Value, occurrence, previous.TaskId, new Due(new DateOnly(2026, 5, day)), null, null, [], DateTimeOffset.UtcNow));
    }

    /// <summary>The same series and number always name the same task.</summary>
    private static Guid TaskIdOf(TaskView task, int occurrence) =>
        new([.. task.SeriesId!.Value.ToByteArray().Select((part, i) => i == 0 ? (byte)(part + occurrence) : part)]);

    private Task HandledAsync(Guid messageId) => Eventually.True(
        () => api.InStorageAsync(db => db.Database.SqlQuery<bool>($"select exists (select 1 from bus.inbox where message_id = {messageId}) as \"Value\"").SingleAsync()), Patience);

    private async Task<Guid> SendAsync<T>(Guid key, string type, T data)
    {
        var id = Guid.NewGuid();
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = api.BootstrapServers, Partitioner = Partitioner.Murmur2Random }).Build();
        var value = new { specversion = "1.0", id, source = "/tests", type, partitionkey = key, data = JsonSerializer.SerializeToElement(data, Person.Json) };
        await producer.ProduceAsync(Topics.TrustedTaskCommands, new Message<string, byte[]>
        {
            Key = key.ToString(),
            Value = JsonSerializer.SerializeToUtf8Bytes(value),
            Headers = new Headers { { "content-type", Encoding.ASCII.GetBytes("application/cloudevents+json") } },
        });
        return id;
    }
}

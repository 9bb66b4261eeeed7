using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Tasks;

/// <summary>Creates that come at the same time share a transaction; nobody may notice.</summary>
public sealed class CreateGroupsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Many_people_creating_at_once_each_have_their_own_feed_without_gaps()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.SomebodyAsync()));

        await Task.WhenAll(Enumerable.Range(0, 160).Select(i => people[i % 8].AddAsync($"{i / 8}")));

        foreach (var person in people)
        {
            var feed = await person.ChangesAsync(0);
            feed.Changes.Select(c => c.Sequence).Should().Equal(Enumerable.Range(1, 20).Select(i => (long)i));
            feed.Changes.Select(c => c.Task!.Title).Should().BeEquivalentTo(Enumerable.Range(0, 20).Select(i => $"{i}"));
            (await person.TitlesAsync("inbox")).Should().HaveCount(20);
        }
    }

    [Fact]
    public async Task Creates_and_other_commands_at_once_leave_no_gap_either()
    {
        var ana = await api.SomebodyAsync();
        var first = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => ana.AddAsync($"first {i}")));

        await Task.WhenAll([
            .. Enumerable.Range(0, 30).Select(i => (Task)ana.AddAsync($"then {i}")),
            .. first.Select(task => (Task)ana.DoAsync(task, "complete"))]);

        var feed = await ana.ChangesAsync(0);
        feed.Changes.Max(c => c.Sequence).Should().Be(50);
        feed.Changes.Should().HaveCount(40); // the last of each task
        (await api.InStorageAsync(db => db.Changes.Where(c => c.OwnerId == ana.Id).Select(c => c.Sequence).ToListAsync(TestContext.Current.CancellationToken)))
            .Should().BeEquivalentTo(Enumerable.Range(1, 50).Select(i => (long)i));
    }

    [Fact]
    public async Task What_is_wrong_with_one_is_said_to_that_one_alone()
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync("the first of all");
        var wrong = new CreateTaskRequest { Title = "misplaced", ProjectId = Guid.NewGuid() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => SendAsync(ana, i % 4 == 0 ? wrong : new CreateTaskRequest { Title = $"{i}" })));

        answers.Select((answer, i) => (answer.StatusCode, i)).Should().AllSatisfy(a => a.StatusCode.Should().Be(a.i % 4 == 0 ? HttpStatusCode.BadRequest : HttpStatusCode.Created));
        (await ana.ChangesAsync(0)).Sequence.Should().Be(31);
    }

    [Fact]
    public async Task The_same_id_many_times_at_once_is_one_task()
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync("the first of all");
        var request = new CreateTaskRequest { TaskId = Guid.NewGuid(), Title = "once" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => SendAsync(ana, request)));

        answers.Should().AllSatisfy(answer => answer.StatusCode.Should().Be(HttpStatusCode.Created));
        (await ana.ChangesAsync(0)).Sequence.Should().Be(2);
    }

    [Fact]
    public async Task Whoever_is_held_up_holds_up_nobody_else()
    {
        var ct = TestContext.Current.CancellationToken;
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        await ana.AddAsync("the first of all");
        await ben.AddAsync("the first of all");
        await using var source = NpgsqlDataSource.Create(api.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var held = await connection.BeginTransactionAsync(ct);
        await using var hold = new NpgsqlCommand("UPDATE tasks.owners SET sequence = sequence WHERE owner_id = $1", connection, held) { Parameters = { new() { Value = ana.Id } } };
        await hold.ExecuteNonQueryAsync(ct);

        var waits = ana.AddAsync("waits");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ben.AddAsync($"{i}"))).WaitAsync(TimeSpan.FromSeconds(20), ct); // sooner than a statement that waits would give up
        waits.IsCompleted.Should().BeFalse();

        await held.CommitAsync(ct);
        (await waits).Title.Should().Be("waits");
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_spoils_nobody_elses()
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync("the first of all");
        await api.InStorageAsync(db => db.Database.ExecuteSqlRawAsync(
            """
            CREATE FUNCTION tasks.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON tasks.tasks FOR EACH ROW WHEN (NEW.title = 'the database refuses this') EXECUTE FUNCTION tasks.refuse();
            """));

        var refused = SendAsync(ana, new CreateTaskRequest { Title = "the database refuses this" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SendAsync(ana, new CreateTaskRequest { Title = $"{i}" })));

        await FluentActions.Awaiting(() => refused).Should().ThrowAsync<Exception>().WithMessage("*CreateTask answered 500*"); // which the reference does not know
        answers.Should().AllSatisfy(answer => answer.StatusCode.Should().Be(HttpStatusCode.Created));
        (await ana.ChangesAsync(0)).Sequence.Should().Be(21);
    }

    [Fact]
    public async Task A_task_with_everything_is_stored_as_it_was_answered()
    {
        var ana = await api.SomebodyAsync("Europe/Paris");
        await ana.AddAsync("the first of all");

        var told = await ana.AddAsync(new CreateTaskRequest
        {
            Title = "  Everything, and a Ünïcode 🦊  ",
            Notes = "with *notes*",
            Priority = 1,
            Labels = ["Home", "garden"],
            Start = new Due(new DateOnly(2031, 5, 1), new TimeOnly(8, 30), "Asia/Tokyo"),
            Due = new Due(new DateOnly(2031, 5, 2), new TimeOnly(9, 0), "Asia/Tokyo"),
            Deadline = new DateOnly(2031, 6, 1),
            EstimateMinutes = 45,
            Reminders = [new(Guid.NewGuid(), MinutesBefore: 10), new(Guid.NewGuid(), At: DateTimeOffset.Parse("2031-05-01T10:00:00+02:00", System.Globalization.CultureInfo.InvariantCulture))],
            Recurrence = new("FREQ=WEEKLY;BYDAY=FR"),
        });

        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{told.TaskId}")).Should().BeEquivalentTo(told);
        (await ana.ChangesAsync(1)).Changes.Should().ContainSingle().Which.Task.Should().BeEquivalentTo(told);
        (await ana.GetAsync<TaskPage>("/api/v1/tasks?view=open&q=ünïcode&label=GARDEN")).Items.Should().ContainSingle().Which.TaskId.Should().Be(told.TaskId);
    }

    private static Task<HttpResponseMessage> SendAsync(Person person, CreateTaskRequest request) => person.Http.PostAsJsonAsync("/api/v1/tasks", request, Person.Json);
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Tasks;

public sealed class TaskLifeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_task_is_kept_as_it_was_given()
    {
        var ana = await api.SomebodyAsync();

        var made = await ana.AddAsync(new CreateTaskRequest
        {
            Title = "  <b>Buy milk</b> ",
            Notes = "two *litres*",
            Priority = 2,
            Labels = ["home", "Home", "shop"],
            Due = new Due(new DateOnly(2026, 5, 12), new TimeOnly(17, 30), "Europe/Paris"),
            Deadline = new DateOnly(2026, 5, 20),
            EstimateMinutes = 15,
        });
        var read = await ana.GetAsync<TaskView>($"/api/v1/tasks/{made.TaskId}");

        read.Should().BeEquivalentTo(made);
        read.Title.Should().Be("<b>Buy milk</b>");
        read.Labels.Should().Equal("home", "shop");
        read.Due.Should().Be(new Due(new DateOnly(2026, 5, 12), new TimeOnly(17, 30), "Europe/Paris"));
        read.Version.Should().Be(1);
        read.OwnerId.Should().Be(ana.Id);
    }

    [Fact]
    public async Task A_reminder_sent_without_an_id_is_given_one_and_keeps_it()
    {
        var ana = await api.SomebodyAsync();

        var answer = await ana.Http.PostAsJsonAsync("/api/v1/tasks", new { title = "Call", due = new { date = "2030-05-11" }, reminders = new object[] { new { minutesBefore = 30 }, new { minutesBefore = 60 } } });
        var made = await Person.ReadAsync<TaskView>(answer, HttpStatusCode.Created);
        var patched = await ana.PatchAsync(made, JsonNode.Parse("""{"reminders":[{"minutesBefore":60},{"minutesBefore":60,"urgent":true}]}""")!.AsObject());

        made.Reminders.Select(r => r.ReminderId).Should().OnlyHaveUniqueItems().And.NotContain(Guid.Empty);
        patched.Reminders[0].Should().Be(made.Reminders[1]);
        made.Reminders.Select(r => r.ReminderId).Should().NotContain(patched.Reminders[1].ReminderId);
    }

    [Fact]
    public async Task A_patch_touches_only_what_it_carries()
    {
        var ana = await api.SomebodyAsync();
        var task = await ana.AddAsync(new CreateTaskRequest { Title = "Call", Notes = "about the roof", Priority = 1 });

        var patched = await ana.PatchAsync(task, new JsonObject { ["title"] = "Call Ben", ["notes"] = null });

        patched.Title.Should().Be("Call Ben");
        patched.Notes.Should().BeNull();
        patched.Priority.Should().Be(1);
        patched.Version.Should().Be(2);
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_makes_no_new_version_and_no_change()
    {
        var ana = await api.SomebodyAsync();
        var task = await ana.AddAsync("Call");
        var before = await ana.ChangesAsync();

        var patched = await ana.PatchAsync(task, new JsonObject { ["title"] = "Call" });

        patched.Version.Should().Be(1);
        (await ana.ChangesAsync()).Sequence.Should().Be(before.Sequence);
    }

    [Fact]
    public async Task Completing_twice_is_completing_once()
    {
        var ana = await api.SomebodyAsync();
        var task = await ana.AddAsync("Call");

        var once = await ana.DoAsync(task, "complete");
        var twice = await ana.DoAsync(task, "complete");

        once.State.Should().Be(TaskState.Completed);
        once.CompletedAt.Should().NotBeNull();
        twice.Version.Should().Be(once.Version);
        (await ana.DoAsync(task, "reopen")).CompletedAt.Should().BeNull();
    }

    [Fact]
    public async Task What_is_deleted_lies_in_the_trash_until_it_is_restored()
    {
        var ana = await api.SomebodyAsync();
        var task = await ana.AddAsync("Call");

        await ana.DeleteAsync(task);
        var inTrash = await ana.TitlesAsync("trash");
        var open = await ana.TitlesAsync("open");
        var refused = await ana.Http.PostAsync($"/api/v1/tasks/{task.TaskId}/complete", null);
        await ana.DoAsync(task, "restore");

        inTrash.Should().Equal("Call");
        open.Should().BeEmpty();
        refused.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await ana.TitlesAsync("open")).Should().Equal("Call");
    }

    [Fact]
    public async Task A_task_of_somebody_else_is_not_there()
    {
        var ana = await api.SomebodyAsync();
        var ben = await api.SomebodyAsync();
        var task = await ana.AddAsync("Secret");

        var answers = new[]
        {
            await ben.TryGetAsync(task),
            await ben.DeleteAsync(task),
            await ben.Http.PostAsync($"/api/v1/tasks/{task.TaskId}/complete", null),
            await ben.Http.PatchAsJsonAsync($"/api/v1/tasks/{task.TaskId}", new JsonObject { ["title"] = "Mine" }),
        };

        answers.Should().AllSatisfy(answer => answer.StatusCode.Should().Be(HttpStatusCode.NotFound));
        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{task.TaskId}")).Version.Should().Be(1);
    }

    [Fact]
    public async Task A_repeating_task_starts_a_series_anchored_to_its_first_day()
    {
        var ana = await api.SomebodyAsync();

        var task = await ana.AddAsync(new CreateTaskRequest
        {
            Title = "Rent",
            Due = new Due(new DateOnly(2026, 1, 31)),
            Recurrence = new RecurrenceRule("FREQ=MONTHLY"),
        });
        var postponed = await ana.PatchAsync(task, new JsonObject { ["due"] = new JsonObject { ["date"] = "2026-02-02" } });

        task.SeriesId.Should().Be(task.TaskId);
        task.Occurrence.Should().Be(1);
        postponed.Recurrence!.Anchor.Should().Be(new DateOnly(2026, 1, 31));
    }

    [Fact]
    public async Task The_same_id_twice_is_one_task()
    {
        var ana = await api.SomebodyAsync();
        var request = new CreateTaskRequest { TaskId = Guid.NewGuid(), Title = "Once" };

        await ana.AddAsync(request);
        await ana.AddAsync(request);

        (await ana.TitlesAsync("open")).Should().Equal("Once");
    }

    [Theory]
    [InlineData("""{"title":""}""", "title")]
    [InlineData("""{"title":"a\u0000b"}""", "title")]
    [InlineData("""{"title":"a","priority":9}""", "priority")]
    [InlineData("""{"title":"a","due":{"date":"0001-01-01"}}""", "due")]
    [InlineData("""{"title":"a","due":{"date":"someday"}}""", "due.date")]
    [InlineData("""{"title":"a","recurrence":{"rule":"FREQ=SECONDLY"},"due":{"date":"2026-01-01"}}""", "recurrence")]
    [InlineData("""{"title":"a","labels":[null]}""", "labels")]
    [InlineData("""{"title":"a","reminders":[{"reminderId":"00000000-0000-0000-0000-000000000000"}]}""", "reminders")]
    public async Task What_cannot_be_a_task_is_refused_by_field(string body, string field)
    {
        var ana = await api.SomebodyAsync();

        var answer = await ana.Http.PostAsync("/api/v1/tasks", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        var problem = await Person.ReadAsync<JsonObject>(answer, HttpStatusCode.BadRequest);
        problem["errors"]!.AsObject().Select(e => e.Key).Should().Contain(field);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
    }
}

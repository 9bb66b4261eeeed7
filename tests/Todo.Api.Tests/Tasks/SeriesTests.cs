using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Todo.Contracts.Bulk;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Tasks;

/// <summary>What a person does to a repeating task, over HTTP; what the saga makes of it is tested with the Workers.</summary>
public sealed class SeriesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("daily", "FREQ=DAILY")]
    [InlineData("Weekly for 10 times", "FREQ=WEEKLY;COUNT=10")]
    [InlineData("monthly until 2026-12-01", "FREQ=MONTHLY;UNTIL=20261201")]
    [InlineData("every 3 days", "FREQ=DAILY;INTERVAL=3")]
    [InlineData("every 2 weeks for 5 times", "FREQ=WEEKLY;INTERVAL=2;COUNT=5")]
    [InlineData("workdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")]
    public async Task A_rule_in_plain_words_is_kept_as_the_rule_it_means(string words, string rule)
    {
        var ana = await api.SomebodyAsync();

        (await RepeatingAsync(ana, words)).Recurrence!.Rule.Should().Be(rule);
    }

    [Theory]
    [InlineData("every 0 days")]
    [InlineData("every 3 hours")]
    [InlineData("every second")]
    [InlineData("daily until tomorrow")]
    [InlineData("daily for 99999 times")]
    [InlineData("every")]
    public async Task Words_that_are_no_rule_are_refused(string words)
    {
        var ana = await api.SomebodyAsync();

        (await ana.Http.PostAsJsonAsync("/api/v1/tasks", Repeating(words), Person.Json)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_series_that_would_end_before_it_starts_is_refused()
    {
        var ana = await api.SomebodyAsync();

        var early = await ana.Http.PostAsJsonAsync("/api/v1/tasks", Repeating("daily until 2026-05-10"), Person.Json);

        early.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await RepeatingAsync(ana, "daily until 2026-05-11")).Recurrence!.Rule.Should().Be("FREQ=DAILY;UNTIL=20260511");
    }

    [Fact]
    public async Task A_zone_nobody_knows_is_refused_and_a_known_one_is_kept()
    {
        var ana = await api.SomebodyAsync();
        var (nowhere, paris) = (At("Mars/Olympus"), At("Europe/Paris"));

        (await ana.Http.PostAsJsonAsync("/api/v1/tasks", nowhere, Person.Json)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var task = await ana.AddAsync(paris);
        var patch = new JsonObject { ["due"] = new JsonObject { ["date"] = "2026-05-12", ["time"] = "09:00:00", ["zone"] = "Mars/Olympus" } };
        (await ana.Http.PatchAsJsonAsync($"/api/v1/tasks/{task.TaskId}", patch)).StatusCode.Should().Be(HttpStatusCode.BadRequest);

        task.Due!.Zone.Should().Be("Europe/Paris");
        CreateTaskRequest At(string zone) => new() { Title = "Call", Due = new Due(new DateOnly(2026, 5, 11), new TimeOnly(9, 0), zone) };
    }

    [Fact]
    public async Task Pausing_and_resuming_touch_nothing_but_the_pause()
    {
        var ana = await api.SomebodyAsync();
        var task = await RepeatingAsync(ana, "weekly");

        var paused = await ana.DoAsync(task, "pause");
        var again = await ana.DoAsync(task, "pause");
        var done = await ana.DoAsync(task, "complete");
        var resumed = await ana.DoAsync(task, "resume");

        paused.Recurrence.Should().Be(task.Recurrence! with { Paused = true });
        again.Version.Should().Be(paused.Version);
        done.State.Should().Be(TaskState.Completed);
        resumed.Recurrence.Should().Be(task.Recurrence);
        (await ana.Http.PostAsync($"/api/v1/tasks/{(await ana.AddAsync("once")).TaskId}/pause", null)).StatusCode.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Completing_for_ever_ends_the_series_and_undo_brings_it_back()
    {
        var ana = await api.SomebodyAsync();
        var task = await RepeatingAsync(ana, "daily");

        var answer = await ana.Http.PostAsync($"/api/v1/tasks/{task.TaskId}/complete?forever=true", null);
        var done = await Person.ReadAsync<TaskView>(answer);
        await ana.Http.PostAsync($"/api/v1/undo/{answer.Headers.GetValues("X-Undo-Token").Single()}", null);
        var undone = await ana.GetAsync<TaskView>($"/api/v1/tasks/{task.TaskId}");

        done.Should().BeEquivalentTo(new { State = TaskState.Completed, Recurrence = (RecurrenceRule?)null, task.SeriesId });
        undone.Should().BeEquivalentTo(new { State = TaskState.Open, task.Recurrence, task.Due, CompletedAt = (DateTimeOffset?)null });
    }

    [Fact]
    public async Task Skipping_twice_skips_once_and_in_bulk_all_missed_ones_can_go()
    {
        var ana = await api.SomebodyAsync();
        var (one, other) = (await RepeatingAsync(ana, "daily"), await RepeatingAsync(ana, "daily"));

        var skipped = await ana.DoAsync(one, "skip");
        var twice = await ana.DoAsync(one, "skip");
        var bulk = await Person.ReadAsync<BulkAnswer>(await ana.Http.PostAsJsonAsync(
            "/api/v1/bulk", new BulkRequest([new BulkCommand { Verb = BulkVerb.Skip, TaskId = other.TaskId, AllMissed = true }]), Person.Json));

        skipped.State.Should().Be(TaskState.Archived);
        skipped.CompletedAt.Should().BeNull("a skip is no credit");
        twice.Version.Should().Be(skipped.Version);
        bulk.Results[0].Task!.State.Should().Be(TaskState.Archived);
    }

    [Fact]
    public async Task A_snooze_can_be_said_in_words()
    {
        var ana = await api.SomebodyAsync("Asia/Tokyo");
        var reminder = new Reminder(Guid.NewGuid(), DateTimeOffset.UtcNow.AddDays(1));
        var task = await ana.AddAsync(new CreateTaskRequest { Title = "Call", Reminders = [reminder] });
        var path = $"/api/v1/tasks/{task.TaskId}/reminders/{reminder.ReminderId}/snooze";

        var choices = await ana.GetAsync<List<SnoozeMoment>>("/api/v1/snooze-choices");
        var inWords = await ana.Http.PostAsJsonAsync(path, new SnoozeRequest(Choice: SnoozeChoice.TomorrowMorning), Person.Json);
        var both = await ana.Http.PostAsJsonAsync(path, new SnoozeRequest(DateTimeOffset.UtcNow.AddHours(1), SnoozeChoice.OneHour), Person.Json);
        var neither = await ana.Http.PostAsJsonAsync(path, new SnoozeRequest(), Person.Json);

        choices.Single(choice => choice.Choice == SnoozeChoice.TomorrowMorning).Until.ToOffset(TimeSpan.FromHours(9)).TimeOfDay.Should().Be(TimeSpan.FromHours(9));
        inWords.StatusCode.Should().Be(HttpStatusCode.NoContent);
        both.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        neither.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private static Task<TaskView> RepeatingAsync(Person person, string rule) => person.AddAsync(Repeating(rule));

    private static CreateTaskRequest Repeating(string rule) =>
        new() { Title = "Again", Due = new Due(new DateOnly(2026, 5, 11)), Recurrence = new RecurrenceRule(rule) };
}

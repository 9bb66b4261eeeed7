using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;
using Todo.Testing;

namespace Todo.EndToEnd.Tests.Journeys;

/// <summary>The life of repeating tasks, from REST through the series' saga and back.</summary>
public sealed class RepeatingTests(RunningSystem system)
{
    private static readonly DateOnly Monday = new(2030, 6, 3);

    [Fact]
    public async Task Two_clients_that_complete_at_once_advance_the_series_once_and_sub_tasks_start_anew()
    {
        using var person = await Person.SignUpAsync(system);
        var task = await RepeatingAsync(person, "weekly");
        var part = await person.CreateAsync(new() { Title = "part", ParentId = task.TaskId, Due = new Due(Monday.AddDays(-1)) });
        await person.CompleteAsync(part);

        await Task.WhenAll(person.CompleteAsync(task), person.CompleteAsync(task), person.CompleteAsync(task));

        var open = await Eventually.Get(person.OpenAsync, all => all.Count == 2);
        open.Select(one => (one.Title, one.Due!.Date)).Should().BeEquivalentTo([("Again", Monday.AddDays(7)), ("part", Monday.AddDays(6))]);
        var ledger = await Eventually.Get(() => LedgerAsync(task), rows => rows.Count == 2); // its witness hears the task a moment after the browsers
        ledger.Select(row => row["outcome"]).Should().Equal("completed", "open");
    }

    [Fact]
    public async Task Undoing_a_completion_takes_the_next_one_back_and_completing_again_brings_the_same_one()
    {
        using var person = await Person.SignUpAsync(system);
        var task = await RepeatingAsync(person, "daily");
        await person.CompleteAsync(task);
        var next = await NextAsync(person, task, 2);

        await person.DoAsync(task, "reopen");
        await Eventually.Get(person.OpenAsync, all => all is [var one] && one.TaskId == task.TaskId);
        await person.CompleteAsync(task);

        (await NextAsync(person, task, 2)).TaskId.Should().Be(next.TaskId);
    }

    [Fact]
    public async Task Postponing_moves_one_occurrence_and_skipping_leaves_the_rhythm()
    {
        using var person = await Person.SignUpAsync(system);
        var task = await RepeatingAsync(person, "FREQ=WEEKLY;BYDAY=MO");
        await person.ChangeAsync(task, new { due = new Due(Monday.AddDays(2)) });
        await person.CompleteAsync(task);
        var second = await NextAsync(person, task, 2);
        second.Due!.Date.Should().Be(Monday.AddDays(7));

        await person.DoAsync(second, "skip");

        (await NextAsync(person, task, 3)).Due!.Date.Should().Be(Monday.AddDays(14));
        var ledger = await Eventually.Get(() => LedgerAsync(task), rows => rows.Count == 3);
        ledger.Select(row => row["outcome"]).Should().Equal("completed", "skipped", "open");
        ledger[0].Should().Contain("slot_date", Monday).And.Contain("due_date", Monday.AddDays(2));
        ledger.Should().OnlyContain(row => !(bool)row["missed"]!);
    }

    [Fact]
    public async Task Skipping_all_missed_ones_jumps_to_the_first_ahead_whatever_the_mode()
    {
        using var person = await Person.SignUpAsync(system);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var task = await RepeatingAsync(person, "daily", today.AddDays(-20), RecurrenceMode.KeepMissed);
        await person.CompleteAsync(task);
        var second = await NextAsync(person, task, 2);
        second.Due!.Date.Should().Be(today.AddDays(-19));

        await person.DoAsync(second, "skip?allMissed=true");

        (await NextAsync(person, task, 3)).Due!.Date.Should().BeAfter(today);
    }

    [Fact]
    public async Task A_paused_series_brings_nothing_until_it_is_resumed_and_one_completed_for_ever_never_again()
    {
        using var person = await Person.SignUpAsync(system);
        var task = await RepeatingAsync(person, "daily");
        await person.DoAsync(task, "pause");
        await person.CompleteAsync(task);
        await Eventually.Get(() => StateAsync(task), state => state == "Paused");
        (await person.OpenAsync()).Should().BeEmpty();

        await person.DoAsync(task, "resume");
        var second = await NextAsync(person, task, 2);
        await person.DoAsync(second, "complete?forever=true");

        await Eventually.Get(() => StateAsync(task), state => state == "Ended");
        (await person.OpenAsync()).Should().BeEmpty();
        var ledger = await Eventually.Get(() => LedgerAsync(task), rows => rows.Count == 2 && (string?)rows[1]["outcome"] == "completed");
        ledger[1]["missed"].Should().Be(false);
    }

    [Fact]
    public async Task The_link_in_a_mail_ends_mails_with_one_click()
    {
        using var person = await Person.SignUpAsync(system);
        await person.AskForTestAsync();
        var mail = await Eventually.Get(() => Task.FromResult(MailTo(person)), found => found is not null, TimeSpan.FromMinutes(1));
        var link = System.Text.RegularExpressions.Regex.Match(mail!.ReplaceLineEndings("").Replace(" ", ""), "List-Unsubscribe:<([^>]+)>").Groups[1].Value;

        using var answer = await Person.FollowAsync(link);
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.OK);

        await Eventually.Get(
            () => system.QueryAsync("select 1 from notify.recipients where email = $1 and unsubscribed_at is not null", person.Email), rows => rows.Count == 1);
        await person.AskForTestAsync();
        var tests = await Eventually.Get(
            () => system.QueryAsync("select n.channel from ops.notifications n join notify.recipients r using (user_id) where r.email = $1", person.Email), rows => rows.Count == 3);
        tests.Select(row => row["channel"]).Should().BeEquivalentTo((string[])["in-app", "email", "in-app"]);
    }

    private string? MailTo(Person person) => Directory.GetFiles(system.MailFolder, "*.eml").Select(File.ReadAllText).FirstOrDefault(mail => mail.Contains(person.Email));

    private static Task<TaskView> RepeatingAsync(Person person, string rule, DateOnly? due = null, RecurrenceMode mode = RecurrenceMode.SkipMissed) =>
        person.CreateAsync(new() { Title = "Again", Due = new Due(due ?? Monday), Recurrence = new RecurrenceRule(rule, mode) });

    private static async Task<TaskView> NextAsync(Person person, TaskView first, int occurrence) =>
        (await Eventually.Get(person.OpenAsync, all => all.Any(task => task.SeriesId == first.TaskId && task.Occurrence == occurrence)))
            .Single(task => task.SeriesId == first.TaskId);

    private Task<List<Dictionary<string, object?>>> LedgerAsync(TaskView first) =>
        system.QueryAsync("select * from ops.recurrence_ledger where series_id = $1 order by occurrence", first.TaskId);

    private async Task<string?> StateAsync(TaskView first) =>
        (string?)(await system.QueryAsync("select state from sagas.recurrences where series_id = $1", first.TaskId)).SingleOrDefault()?["state"];
}

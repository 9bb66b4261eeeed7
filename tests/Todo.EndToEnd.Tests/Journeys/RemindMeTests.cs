using Todo.Testing;

namespace Todo.EndToEnd.Tests.Journeys;

/// <summary>One task through the house: from the click to the bell, and what is left to see afterwards.</summary>
public sealed class RemindMeTests(RunningSystem system, Chromium chromium) : Journey(system, chromium)
{
    [Fact]
    public async Task A_reminder_set_in_the_page_arrives_in_the_page_and_can_be_snoozed_there()
    {
        using var person = await Person.SignUpAsync(Running);
        var page = await VisitAsync(person);
        await page.AddTaskAsync("Water the plants");
        await page.OpenTaskAsync("Water the plants");

        await page.RemindAtAsync(DateTimeOffset.UtcNow.AddSeconds(5));
        await page.ByTest("toast-reminder").SeesAsync();
        await page.ByTest("reminder-title").SaysAsync("Water the plants");
        await page.ByTest("bell-count").SaysAsync("1");

        await page.ByTest("snooze").ClickAsync();
        await page.ByTest("snooze-choice").First.ClickAsync();
        await page.ByTest("toast-reminder").SeesNoAsync();
        await page.ByTest("bell-count").SeesNoAsync();
        var taskId = Guid.Parse((await page.Row("Water the plants").GetAttributeAsync("data-task-id"))!);
        var waiting = await Eventually.Get(
            () => Running.QueryAsync("select expected_at from ops.reminder_ledger where task_id = $1 and snoozed and state = 'pending'", taskId),
            rows => rows.Count == 1);
        ((DateTime)waiting[0]["expected_at"]!).Should().BeAfter(DateTime.UtcNow);
    }

    [Fact]
    public async Task A_snoozed_reminder_comes_again()
    {
        using var person = await Person.SignUpAsync(Running);
        var task = await person.CreateWithReminderAsync("Take the bread out", TimeSpan.FromSeconds(1));
        var page = await VisitAsync(person);
        await page.ByTest("bell-count").SaysAsync("1");
        var reminder = task.Reminders.Single().ReminderId;

        await person.SnoozeAsync(task.TaskId, reminder, DateTimeOffset.UtcNow.AddSeconds(2));

        await page.ByTest("toast-reminder").Filter(new() { HasText = "Take the bread out" }).First.SeesAsync();
        await Eventually.Get(
            () => Running.QueryAsync("select snoozed, fires, state from ops.reminder_ledger where task_id = $1 order by expected_at", task.TaskId),
            rows => rows is [{ } first, { } second] && (int)first["fires"]! == 1 && (int)second["fires"]! == 1 && (bool)second["snoozed"]!);
    }

    [Fact]
    public async Task A_reminder_also_arrives_as_a_mail()
    {
        using var person = await Person.SignUpAsync(Running);

        await person.CreateWithReminderAsync("Call the dentist", TimeSpan.FromSeconds(1));

        await Eventually.True(
            () => Directory.GetFiles(Running.MailFolder, "*.eml").Any(file => File.ReadAllText(file) is var mail && mail.Contains(person.Email) && mail.Contains("dentist")),
            TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Completing_a_repeating_task_makes_its_next_occurrence_appear()
    {
        using var person = await Person.SignUpAsync(Running);
        var page = await VisitAsync(person);
        await page.AddTaskAsync("Read a chapter");
        await page.OpenTaskAsync("Read a chapter");
        await page.ByTest("set-repeat").ClickAsync();
        await page.ByTest("repeat-choice").Filter(new() { HasText = "Every day" }).First.ClickAsync();
        await page.Row("Read a chapter").GetByTestId("repeats").First.SeesAsync();
        await page.Keyboard.PressAsync("Escape");
        var first = await page.Row("Read a chapter").First.GetAttributeAsync("data-task-id");

        await page.Row("Read a chapter").GetByTestId("complete").First.ClickAsync();

        await page.Locator($"[data-testid=task-row][data-task-id='{first}']").SeesNoAsync();
        await page.Row("Read a chapter").SeesAsync();
        var second = await page.Row("Read a chapter").GetAttributeAsync("data-task-id");
        second.Should().NotBe(first);
        await page.Row("Read a chapter").GetByTestId("due").SaysAsync("Tomorrow");
    }

    [Fact]
    public async Task The_audit_has_every_fact_of_a_task_in_order()
    {
        using var person = await Person.SignUpAsync(Running);
        var task = await person.CreateWithReminderAsync("Write the report", TimeSpan.FromSeconds(1));
        await Eventually.Get(person.NotificationsAsync, all => all.Count == 1, TimeSpan.FromMinutes(1));
        await person.RenameAsync(task, "Write the long report");
        await person.CompleteAsync(task);

        var audit = await Eventually.Get(() => person.AuditAsync(task.TaskId), entries => entries.Any(entry => entry.Type.Contains("completed")), TimeSpan.FromMinutes(1));

        var types = audit.OrderBy(entry => entry.OccurredAt).Select(entry => entry.Type.Replace("todo.", "").Replace(".v1", "")).ToArray();
        types.Should().ContainInOrder("task.created", "reminder.due", "task.updated", "task.completed");
        audit.Should().OnlyContain(entry => entry.TaskId == task.TaskId);
        audit.Select(entry => entry.MessageId).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task With_psql_one_sees_saga_ledger_and_audit_and_an_outbox_that_empties()
    {
        using var person = await Person.SignUpAsync(Running);
        var waiting = await person.CreateWithReminderAsync("Much later", TimeSpan.FromDays(1));
        var fired = await person.CreateWithReminderAsync("Right now", TimeSpan.FromSeconds(1));

        await Eventually.Get(() => Running.QueryAsync("select state from ops.sagas where saga_id = $1", waiting.TaskId), rows => rows is [var row] && (string?)row["state"] == "Watching");
        var ledger = await Eventually.Get(
            () => Running.QueryAsync("select state, late_by, delivered_at, fires from ops.reminder_ledger where task_id = $1", fired.TaskId),
            rows => rows is [var row] && row["delivered_at"] is not null && (string?)row["state"] == "fired",
            TimeSpan.FromMinutes(1));
        await Eventually.Get(() => Running.QueryAsync("select type from ops.audit where task_id = $1", fired.TaskId), rows => rows.Count >= 2);
        await Eventually.Get(() => Running.QueryAsync("select count(*) as waiting from ops.outbox"), rows => (long)rows[0]["waiting"]! == 0);

        ledger[0]["state"].Should().Be("fired");
        ledger[0]["fires"].Should().Be(1);
        ((TimeSpan)ledger[0]["late_by"]!).Should().BePositive();
    }
}

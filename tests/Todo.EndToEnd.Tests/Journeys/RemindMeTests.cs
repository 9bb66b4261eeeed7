using Todo.Testing;

namespace Todo.EndToEnd.Tests;

/// <summary>One task through the house: from the click to the bell, and what is left to see afterwards.</summary>
public sealed class RemindMeTests(RunningSystem system, Chromium chromium)
{
    [Fact]
    public async Task A_reminder_set_in_the_page_arrives_in_the_page()
    {
        using var person = await Person.SignUpAsync(system);
        var page = await chromium.NewVisitorAsync(system.Address);
        await page.SignInAsync(person);
        await page.AddTaskAsync("Water the plants");
        await page.OpenTaskAsync("Water the plants");

        await page.RemindAtAsync(DateTimeOffset.UtcNow.AddSeconds(15));
        await page.ByTest("toast-reminder").SeesAsync();

        await page.ByTest("reminder-title").SaysAsync("Water the plants");
        await page.ByTest("bell-count").SaysAsync("1");
    }

    [Fact]
    public async Task A_reminder_also_arrives_as_a_mail()
    {
        using var person = await Person.SignUpAsync(system);

        await person.CreateWithReminderAsync("Call the dentist", TimeSpan.FromSeconds(3));

        await Eventually.True(
            () => Directory.GetFiles(system.MailFolder, "*.eml").Any(file => File.ReadAllText(file) is var mail && mail.Contains(person.Email) && mail.Contains("dentist")),
            TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Completing_a_repeating_task_makes_its_next_occurrence_appear()
    {
        using var person = await Person.SignUpAsync(system);
        var page = await chromium.NewVisitorAsync(system.Address);
        await page.SignInAsync(person);
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
    public async Task A_second_browser_follows_without_a_reload()
    {
        using var person = await Person.SignUpAsync(system);
        var (here, there) = (await chromium.NewVisitorAsync(system.Address), await chromium.NewVisitorAsync(system.Address));
        await here.SignInAsync(person);
        await there.SignInAsync(person);

        await here.AddTaskAsync("Buy bread");
        await there.Row("Buy bread").SeesAsync();
        await there.Row("Buy bread").GetByTestId("complete").ClickAsync();

        await here.Row("Buy bread").SeesNoAsync();
    }

    [Fact]
    public async Task Nobody_sees_the_tasks_of_somebody_else()
    {
        using var person = await Person.SignUpAsync(system);
        using var stranger = await Person.SignUpAsync(system);
        var page = await chromium.NewVisitorAsync(system.Address);
        await page.SignInAsync(stranger);

        var secret = await person.CreateAsync(new() { Title = "Buy her a ring" });
        await stranger.CreateAsync(new() { Title = "Something of my own" });
        await page.Row("Something of my own").SeesAsync();

        (await page.Row("Buy her a ring").CountAsync()).Should().Be(0);
        var prying = () => stranger.AuditAsync(secret.TaskId);
        await prying.Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task The_audit_has_every_fact_of_a_task_in_order()
    {
        using var person = await Person.SignUpAsync(system);
        var task = await person.CreateWithReminderAsync("Write the report", TimeSpan.FromSeconds(2));
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
        using var person = await Person.SignUpAsync(system);
        var waiting = await person.CreateWithReminderAsync("Much later", TimeSpan.FromDays(1));
        var fired = await person.CreateWithReminderAsync("Right now", TimeSpan.FromSeconds(1));

        await Eventually.Get(() => system.QueryAsync("select state from ops.sagas where saga_id = $1", waiting.TaskId), rows => rows is [var row] && (string?)row["state"] == "Watching");
        var ledger = await Eventually.Get(
            () => system.QueryAsync("select state, late_by, delivered_at, fires from ops.reminder_ledger where task_id = $1", fired.TaskId),
            rows => rows is [var row] && row["delivered_at"] is not null && (string?)row["state"] == "fired",
            TimeSpan.FromMinutes(1));
        await Eventually.Get(() => system.QueryAsync("select type from ops.audit where task_id = $1", fired.TaskId), rows => rows.Count >= 2);
        await Eventually.Get(() => system.QueryAsync("select count(*) as waiting from ops.outbox"), rows => (long)rows[0]["waiting"]! == 0);

        ledger[0]["state"].Should().Be("fired");
        ledger[0]["fires"].Should().Be(1);
        ((TimeSpan)ledger[0]["late_by"]!).Should().BeLessThan(TimeSpan.FromSeconds(10));
    }
}

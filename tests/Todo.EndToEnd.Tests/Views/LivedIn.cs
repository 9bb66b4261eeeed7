using Todo.Contracts.Lists;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Testing;

namespace Todo.EndToEnd.Tests.Views;

/// <summary>An account somebody has used for long, with all that strains a layout: long words, long lists of facts, hostile titles.</summary>
internal sealed class LivedIn(Person person)
{
    private const string Long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(Chromium.Zone)).Date);

    private TaskView _rich = null!;
    private ProjectView _project = null!;
    private Guid _filter;

    public Person Person => person;

    public static async Task<LivedIn> MoveInAsync(RunningSystem system)
    {
        var life = new LivedIn(await Person.SignUpAsync(system));
        await life.FillAsync();
        return life;
    }

    /// <summary>All there is to see: every route, and every panel that opens over one.</summary>
    public IEnumerable<View> Views()
    {
        var known = Named().ToList();
        return known.Concat(View.Routes.Where(route => !route.Contains('{') && !known.Any(view => view.Shows(route))).Select(route => new View(route, route.Trim('/'))));
    }

    private IEnumerable<View> Named()
    {
        var project = $"projects/{_project.ProjectId}";
        var detail = $"inbox?task={_rich.TaskId}";
        yield return new("inbox", "inbox");
        yield return new("today", "today");
        yield return new("upcoming", "upcoming");
        yield return new("calendar, month", "calendar");
        yield return new("calendar, week", "calendar?by=week");
        yield return new("project as list", project);
        yield return new("project as board", project + "?view=board");
        yield return new("tasks of a label", "labels/" + Uri.EscapeDataString(Long[..50]));
        if (View.Routes.Any(route => route.StartsWith("/filters/", StringComparison.Ordinal)))
            yield return new("tasks of a filter", $"filters/{_filter}");
        yield return new("search with results", "search?q=the");
        yield return new("search without results", "search?q=" + Uri.EscapeDataString(Long));
        yield return new("completed", "completed", page => page.ByTest("task-row").First.SeesAsync());
        yield return new("trash", "trash", page => page.ByTest("task-row").First.SeesAsync());
        yield return new("notifications", "notifications", page => page.ByTest("notification").First.SeesAsync());
        yield return new("detail", detail, page => page.ByTest("detail-notes-shown").SeesAsync());
        yield return new("detail, date", detail, page => page.ByTest("detail").GetByTestId("set-due").First.ClickAsync());
        yield return new("detail, repeat", detail, page => page.ByTest("set-repeat").ClickAsync());
        yield return new("detail, reminder", detail, page => page.ByTest("add-reminder").ClickAsync());
        yield return new("detail, history", detail, async page =>
        {
            await page.ByTest("history").Locator("summary").ClickAsync();
            await page.ByTest("audit-entry").First.SeesAsync();
        });
        yield return new("confirm", "confirm#token");
        yield return new("confirm, link over", "confirm", page => page.ByTest("link-over").SeesAsync());
        yield return new("new password", "reset-password#token");
        yield return new("look into your mail", "forgot-password", async page =>
        {
            await page.ByTest("email").FillAsync($"{new string('a', 60)}@example.org");
            await page.ByTest("forgot").ClickAsync();
            await page.ByTest("mailed").SeesAsync();
        });
        yield return new("quick add", "inbox", async page =>
        {
            await page.KeysAsync("q");
            await page.ByTest("quick-add-title").FillAsync($"Answer {Long} tomorrow 9:00 every monday p1 @home #Haus");
        });
        yield return new("what can be typed", "inbox", async page =>
        {
            await page.KeysAsync("q");
            await page.ByTest("quick-more").ClickAsync();
            await page.ByTest("pattern").First.SeesAsync();
        });
        yield return new("add beside a row", "inbox", async page =>
        {
            await page.KeysAsync("j", "Control+e", "Shift+Enter");
            await page.ByTest("add-beside").SeesAsync();
        });
        yield return new("add in place", "inbox", page => page.ByTest("add-here").ClickAsync());
        yield return new("menu of a row", "inbox", async page =>
        {
            await page.KeysAsync("j", ".");
            await page.Locator(".popover").SeesAsync();
        });
        yield return new("selection", "inbox", async page =>
        {
            await page.KeysAsync("j", "x");
            await page.ByTest("selection-bar").SeesAsync();
        });
        yield return new("title in its row", "inbox", async page =>
        {
            await page.KeysAsync("j", "Control+e");
            await page.ByTest("row-edit").HasFocusAsync();
            await page.KeysAsync("End");
            await page.Keyboard.TypeAsync(" next friday 18:00 p2 @errands");
            await page.ByTest("token").First.SeesAsync();
        });
        yield return new("display", project, page => page.ByTest("view-menu").ClickAsync());
        yield return new("menu of a section", project, page => page.ByTest("section-menu").First.ClickAsync());
        yield return new("menu of a project", project, page => page.ByTest("project-menu").First.ClickAsync());
        yield return new("palette", "inbox", page => page.KeysAsync("Control+k"));
        yield return new("keys", "inbox", page => page.KeysAsync("?"));
        yield return new("toast", "inbox", async page =>
        {
            await page.KeysAsync("u");
            await page.ByTest("toast-plain").SeesAsync();
        });
        yield return new("browse", "inbox", page => page.ByTest("browse").DispatchEventAsync("click"));
        yield return new("today, parted by label", "today", page => page.ShowAsync("Label"));
        yield return new("board, parted by priority", project + "?view=board", page => page.ShowAsync("Priority")); // last: the choice stays, until the next walk begins
    }

    private async Task FillAsync()
    {
        _project = await person.PostAsync<ProjectView>("projects", new { name = $"Haus {Long}" });
        var sections = new List<SectionView>();
        foreach (var name in new[] { "Next", Long, "Waiting for somebody who will not answer before the summer" })
            sections.Add(await person.PostAsync<SectionView>($"projects/{_project.ProjectId}/sections", new { name }));

        var filter = await person.PostAsync<FilterView>("filters", new { name = $"Soon {Long[..40]}", query = "7 days | overdue" });
        _filter = filter.FilterId;

        _rich = await person.CreateAsync(new()
        {
            Title = $"<b>Repair</b> the {Long} before the guests arrive, and tell everybody about it 👩‍👩‍👧‍👦",
            Notes = $"# Why\n\nBecause **{Long}** and `{Long}`.\n\n- one\n- two\n\n```\n{Long} {Long}\n```\n\n> said <script>alert(1)</script> somebody\n\n[a link](https://example.org/{Long})",
            Priority = 1,
            Due = new Due(Today.AddDays(1), new TimeOnly(9, 30)),
            Deadline = Today.AddDays(3),
            EstimateMinutes = 90,
            Labels = ["home", "errands", Long[..50]],
            Recurrence = new RecurrenceRule("FREQ=WEEKLY;BYDAY=MO,WE,FR"),
            Reminders = [new Reminder(Guid.CreateVersion7(), MinutesBefore: 30), new Reminder(Guid.CreateVersion7(), MinutesBefore: 1440)],
        });
        await person.CreateAsync(new() { Title = $"A part of it that says {Long}", ParentId = _rich.TaskId });
        for (var n = 0; n < 3; n++)
        {
            await person.CreateAsync(new() { Title = $"Paint the fence, part {n}", Due = new Due(Today), Priority = n + 1, Labels = ["home"] });
            await person.CreateAsync(new() { Title = $"Return the books {n}", Due = new Due(Today.AddDays(-2 - n)) });
            await person.CreateAsync(new() { Title = $"{Long} {n}", Due = new Due(Today.AddDays(n), new TimeOnly(10 + n, 15)), ProjectId = _project.ProjectId, SectionId = sections[n].SectionId, Labels = [Long[..50]] });
        }

        await person.CreateAsync(new() { Title = "Water the plants", Due = new Due(Today), Recurrence = new RecurrenceRule("FREQ=DAILY") });
        await person.CompleteAsync(await person.CreateAsync(new() { Title = $"Done with the {Long}" }));
        await person.DeleteAsync(await person.CreateAsync(new() { Title = $"Away with the {Long}" }));
        await person.CreateWithReminderAsync($"Ring about the {Long}", TimeSpan.FromMilliseconds(500));
        await Eventually.Get(person.NotificationsAsync, all => all.Count > 0, TimeSpan.FromMinutes(1));
    }
}

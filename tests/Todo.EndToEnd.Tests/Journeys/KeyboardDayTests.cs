using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Todo.Contracts.Tasks;
using Todo.Testing;
using static Microsoft.Playwright.Assertions;

namespace Todo.EndToEnd.Tests.Journeys;

/// <summary>A day of work without a pointer: every step is a key, and after every step the focus is somewhere sensible.</summary>
public sealed class KeyboardDayTests(RunningSystem system, Chromium chromium) : Journey(system, chromium)
{
    [Fact]
    public async Task A_day_of_work_by_keyboard_only()
    {
        using var person = await Person.SignUpAsync(Running);
        var page = await ArriveAsync();
        await page.GotoAsync("/sign-in");
        await TabToAsync(page, page.ByTest("email"));
        await page.Keyboard.TypeAsync(person.Email);
        await page.KeysAsync("Tab");
        await page.Keyboard.TypeAsync(Person.Password);
        await page.KeysAsync("Enter");
        await page.ByTest("live-state").SaysAsync("live");
        await page.Locator("h1").HasFocusAsync();

        await page.KeysAsync("q");
        foreach (var line in new[] { "Sweep the stairs", "Buy stamps", "Answer Ana" })
        {
            await page.ByTest("quick-add-title").HasFocusAsync();
            await page.Keyboard.TypeAsync(line);
            await page.KeysAsync("Enter");
        }

        await page.KeysAsync("Escape", "g", "i");
        await page.Locator("h1").HasFocusAsync();
        await page.Row("Answer Ana").SeesAsync();

        await page.KeysAsync("j");
        await page.Title("Sweep the stairs").HasFocusAsync();
        await page.KeysAsync("1");
        await Expect(page.Row("Sweep the stairs").GetByTestId("complete")).ToHaveClassAsync(new Regex(@"\bp1\b"));

        await page.KeysAsync("t");
        await page.ByTest("due-choice").First.HasFocusAsync();
        await page.KeysAsync("Tab", "Enter");
        await page.Row("Sweep the stairs").GetByTestId("due").SaysAsync("Tomorrow");
        await InRowAsync(page, "Sweep the stairs");

        await page.KeysAsync("Control+e");
        await page.ByTest("row-edit").HasFocusAsync();
        await page.KeysAsync("Control+a");
        await page.Keyboard.TypeAsync("Sweep all the stairs @home");
        await page.ByTest("token").SaysAsync("@home");
        await page.KeysAsync("Enter");
        await page.Title("Sweep all the stairs").HasFocusAsync();
        await page.Row("Sweep all the stairs").Locator(".chip.label").SaysAsync("@home");
        await page.KeysAsync("Control+e");
        await page.ByTest("row-edit").HasFocusAsync();
        await page.KeysAsync("Control+a");
        await page.Keyboard.TypeAsync("Sweep the stairs");
        await page.KeysAsync("Enter");
        await page.Title("Sweep the stairs").HasFocusAsync();

        await page.KeysAsync("Alt+ArrowDown");
        await page.ByTest("announcement").SaysAsync("Sweep the stairs, moved to 2 of 3");
        await page.Title("Sweep the stairs").HasFocusAsync();

        await page.KeysAsync("Enter");
        await page.ByTest("detail").SeesAsync();
        await Expect(page.ByTest("detail")).ToContainTextAsync("Tomorrow");
        await TabToAsync(page, page.ByTest("detail-notes"));
        await page.Keyboard.TypeAsync("The back ones too");
        await page.KeysAsync("Tab");
        await page.ByTest("detail-notes-shown").SaysAsync("The back ones too");
        await page.KeysAsync("Escape");
        await page.ByTest("detail").SeesNoAsync();
        await page.Title("Sweep the stairs").HasFocusAsync();

        // A part of the task above, folded away and shown again.
        await page.KeysAsync("Alt+Shift+ArrowRight");
        await page.Row("Buy stamps").GetByTestId("fold").SeesAsync();
        await page.KeysAsync("k", "Shift+E");
        await page.Row("Sweep the stairs").SeesNoAsync();
        await page.KeysAsync("Shift+E");
        await page.Row("Sweep the stairs").SeesAsync();
        await page.KeysAsync("j", "Alt+Shift+ArrowLeft");
        await page.ByTest("fold").SeesNoAsync();
        await page.Title("Sweep the stairs").HasFocusAsync();

        // Done and away: the neighbour has the focus; undone: it is back.
        await page.KeysAsync("e");
        await page.ByTest("toast-undo").SaysAsync("Sweep the stairs");
        await InRowAsync(page, "Answer Ana");
        await page.Row("Sweep the stairs").SeesNoAsync();
        await page.KeysAsync("Control+z");
        await page.Row("Sweep the stairs").SeesAsync();

        await page.KeysAsync("x", "k", "x");
        await page.ByTest("selection-bar").SaysAsync("2 selected");
        await page.KeysAsync("e");
        await page.Row("Answer Ana").SeesNoAsync();
        await page.Locator("h1, [data-row-focus], [data-add-here]").And(page.Locator(":focus")).SeesAsync();

        await page.KeysAsync("j", ".");
        await page.Locator(".popover :focus").SeesAsync();
        await TabToAsync(page, page.Locator(".popover").GetByTestId("delete"));
        await page.KeysAsync("Enter");
        await page.ByTest("toast-undo").SaysAsync("moved to trash");
        await page.KeysAsync("u");
        await Expect(page.ByTest("task-row")).ToHaveCountAsync(1);

        await page.KeysAsync("/");
        await page.ByTest("search-line").HasFocusAsync();
        await page.Keyboard.TypeAsync("stairs");
        await page.Row("Sweep the stairs").SeesAsync();

        await page.KeysAsync("Control+k");
        await page.ByTest("palette-line").HasFocusAsync();
        await page.Keyboard.TypeAsync("settings");
        await page.KeysAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Settings", Level = 1 }).HasFocusAsync();

        // Single keys can be switched off, and then do nothing.
        await TabToAsync(page, page.ByTest("shortcuts-switch"));
        await page.KeysAsync("Space");
        await Expect(page.ByTest("shortcuts-switch")).Not.ToBeCheckedAsync();
        await page.KeysAsync("q", "Control+k");
        await page.ByTest("palette").SeesAsync();
        (await page.ByTest("quick-add-title").CountAsync()).Should().Be(0);
        await page.KeysAsync("Escape");
        await page.ByTest("shortcuts-switch").HasFocusAsync();
    }

    [Fact]
    public async Task On_the_calendar_keys_move_a_task_and_pick_its_day()
    {
        using var person = await Person.SignUpAsync(Running);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(Chromium.Zone)).Date);
        var task = await person.CreateAsync(new() { Title = "Sharpen the knives", Due = new Due(today) });
        var page = await VisitAsync(person, "calendar?by=week");
        var bar = page.Locator(".event[data-row-focus]");
        await bar.SeesAsync();

        await page.KeysAsync("j");
        await bar.HasFocusAsync();
        await page.KeysAsync("t");
        await page.ByTest("due-choice").First.HasFocusAsync();
        await TabToAsync(page, page.Locator("[data-testid=month-day][tabindex='0']"));
        await page.KeysAsync("ArrowRight", "ArrowRight", "ArrowLeft", "Enter");
        await DueAsync(today.AddDays(1));
        await page.Locator(".detail :focus").SeesAsync();

        await page.KeysAsync("Escape");
        await page.ByTest("detail").SeesNoAsync();
        await page.KeysAsync("g", "i");
        await page.Row("Sharpen the knives").SeesAsync();
        await page.KeysAsync("j", "x");
        await TabToAsync(page, page.ByTest("bulk-complete"));
        await page.KeysAsync("Enter");
        await page.ByTest("selection-bar").SeesNoAsync();
        await HasFocusSomewhereAsync();
        await page.ByTest("toast-undo").GetByTestId("toast-action").FocusAsync();
        await page.KeysAsync("Enter");
        await page.ByTest("toast-undo").SeesNoAsync();
        await HasFocusSomewhereAsync();
        await page.Row("Sharpen the knives").SeesAsync();

        Task DueAsync(DateOnly day) => Eventually.Get(() => person.ReadAsync(task.TaskId), read => read.Due == new Due(day), TimeSpan.FromSeconds(30));

        // Whatever had the focus is gone; something on the page has it now.
        Task HasFocusSomewhereAsync() => page.WaitForFunctionAsync("() => document.activeElement !== document.body");
    }

    [Fact]
    public async Task A_dialog_keeps_the_focus_and_gives_it_back()
    {
        using var person = await Person.SignUpAsync(Running);
        await person.CreateAsync(new() { Title = "Sharpen the knives" });
        var page = await VisitAsync(person);
        await page.Row("Sharpen the knives").SeesAsync();
        await page.KeysAsync("j");

        foreach (var (key, dialog) in new[] { ("q", ".quick-dialog"), ("Control+k", ".palette"), ("?", ".keys") })
        {
            await page.KeysAsync(key);
            await page.Locator($"{dialog} :focus").SeesAsync();
            for (var n = 0; n < 12; n++)
            {
                await page.KeysAsync("Tab");
                (await page.EvaluateAsync<bool>("d => document.activeElement === document.body || !!document.activeElement.closest(d)", dialog)).Should().BeTrue("Tab stays in {0}", dialog);
            }

            await page.KeysAsync("Escape");
            await page.Locator(dialog).SeesNoAsync();
            await page.Title("Sharpen the knives").HasFocusAsync();
        }
    }

    [Fact]
    public async Task Writing_goes_on_from_title_to_title_and_to_new_tasks_beside_them()
    {
        using var person = await Person.SignUpAsync(Running);
        await person.CreateAsync(new() { Title = "Sweep the stairs" });
        await person.CreateAsync(new() { Title = "Answer Ana" });
        var page = await VisitAsync(person);
        await page.Row("Answer Ana").SeesAsync();

        await page.KeysAsync("j", "Control+e");
        await page.ByTest("row-edit").HasFocusAsync();
        await page.KeysAsync("Control+a");
        await page.Keyboard.TypeAsync("Sweep all the stairs");
        await page.KeysAsync("Control+ArrowDown");
        await Expect(page.ByTest("row-edit").And(page.Locator(":focus"))).ToHaveValueAsync("Answer Ana");
        await page.Title("Sweep all the stairs").SeesAsync();
        await page.KeysAsync("Control+ArrowUp");
        await Expect(page.ByTest("row-edit").And(page.Locator(":focus"))).ToHaveValueAsync("Sweep all the stairs");

        await page.KeysAsync("Shift+Enter");
        foreach (var line in new[] { "Buy stamps", "Call Bo" })
        {
            await page.ByTest("add-beside").GetByTestId("quick-add-title").HasFocusAsync();
            await page.Keyboard.TypeAsync(line);
            await page.KeysAsync("Enter");
            await page.Row(line).SeesAsync();
        }

        await page.KeysAsync("Escape");
        await page.Title("Call Bo").HasFocusAsync();
        await page.KeysAsync("Control+e");
        await page.ByTest("row-edit").HasFocusAsync();
        await page.KeysAsync("Control+Enter");
        await page.ByTest("add-beside").GetByTestId("quick-add-title").HasFocusAsync();
        await page.Keyboard.TypeAsync("Lick envelopes");
        await page.KeysAsync("Enter");
        await page.Row("Lick envelopes").SeesAsync();
        await page.KeysAsync("Escape");
        await Expect(page.ByTest("task-title")).ToHaveTextAsync(["Sweep all the stairs", "Buy stamps", "Lick envelopes", "Call Bo", "Answer Ana"]);

        // In the detail the same keys lead to the next task.
        await page.KeysAsync("Enter", "j");
        await Expect(page.ByTest("detail-title")).ToHaveValueAsync("Call Bo");
        await page.KeysAsync("k");
        await Expect(page.ByTest("detail-title")).ToHaveValueAsync("Lick envelopes");
        await page.KeysAsync("Escape");
        await page.Title("Lick envelopes").HasFocusAsync();
    }

    [Fact]
    public async Task What_a_key_opens_has_the_focus_and_what_Escape_closes_gives_it_back()
    {
        using var person = await Person.SignUpAsync(Running);
        var home = await person.PostAsync<Contracts.Lists.ProjectView>("projects", new { name = "Home" });
        await person.CreateAsync(new() { Title = "Sweep the stairs", ProjectId = home.ProjectId });
        var page = await VisitAsync(person, $"projects/{home.ProjectId}");
        await page.Row("Sweep the stairs").SeesAsync();

        await page.KeysAsync("j", "v");
        await page.ByTest("pick-project").First.HasFocusAsync();
        await page.KeysAsync("Escape", "j");
        await page.KeysAsync("s");
        await page.ByTest("name-line").HasFocusAsync();
        await page.KeysAsync("Escape");
        await page.ByTest("add-section").HasFocusAsync();
        await page.KeysAsync("a");
        await page.ByTest("quick-add-title").HasFocusAsync();
        await page.KeysAsync("Escape");
        await page.Locator("[data-add-here]").First.HasFocusAsync();

        // In the detail Escape leaves the field, which keeps what was typed, and then the detail.
        await page.KeysAsync("j", "d");
        await page.ByTest("detail-deadline").HasFocusAsync();
        await page.Keyboard.TypeAsync("2030-01-05");
        await page.KeysAsync("Escape");
        await page.ByTest("detail").HasFocusAsync();
        await page.Row("Sweep the stairs").SaysAsync("Deadline");
        await page.KeysAsync("Escape");
        await page.ByTest("detail").SeesNoAsync();
        await page.Title("Sweep the stairs").HasFocusAsync();

        // On a board, arrows lead from column to column.
        await page.KeysAsync("s");
        await page.Keyboard.TypeAsync("Later");
        await page.KeysAsync("Enter");
        await page.Locator("h2").GetByText("Later").SeesAsync();
        var saved = await Eventually.Get(() => person.GetAsync<Contracts.Lists.ProjectList>("projects"), all => all.Items.Single().Sections.Count == 1, TimeSpan.FromSeconds(30));
        var later = saved.Items.Single().Sections.Single();
        await person.CreateAsync(new() { Title = "Polish the brass", ProjectId = home.ProjectId, SectionId = later.SectionId });
        await page.Row("Polish the brass").SeesAsync();
        await page.KeysAsync("Shift+V");
        await page.ByTest("board").SeesAsync();
        await page.KeysAsync("j");
        await page.Title("Sweep the stairs").HasFocusAsync();
        await page.KeysAsync("ArrowRight");
        await page.Title("Polish the brass").HasFocusAsync();
        await page.KeysAsync("ArrowLeft");
        await page.Title("Sweep the stairs").HasFocusAsync();

        await page.KeysAsync("g", "v");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Filters", Level = 1 }).HasFocusAsync();
        await TabToAsync(page, page.Locator(".page-head .button"));
        await page.KeysAsync("Enter");
        await page.ByTest("filter-name").HasFocusAsync();
    }

    [Fact]
    public async Task When_what_was_late_has_another_day_the_focus_is_on_the_first_task_that_is_left()
    {
        using var person = await Person.SignUpAsync(Running);
        var late = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-2);
        await person.CreateAsync(new() { Title = "Return the drill", Due = new(late) });
        await person.CreateAsync(new() { Title = "Answer Ana", Due = new(late) });
        var page = await VisitAsync(person, "today");

        await page.ByTest("reschedule").PressAsync("Enter");
        await page.ByTest("due-choice").First.PressAsync("Enter");

        await page.ByTest("overdue-list").SeesNoAsync();
        await page.ByTest("today-list").GetByTestId("task-title").First.HasFocusAsync();
        await page.KeysAsync("j");
        await page.ByTest("today-list").GetByTestId("task-title").Last.HasFocusAsync();
    }

    [Fact]
    public async Task Escape_closes_the_panel_before_the_dialog_it_is_in()
    {
        using var person = await Person.SignUpAsync(Running);
        var page = await VisitAsync(person);

        await page.KeysAsync("q");
        await TabToAsync(page, page.ByTest("quick-more"));
        await page.KeysAsync("Enter");
        await page.Locator(".popover :focus").SeesAsync();
        await page.KeysAsync("Escape");
        await page.Locator(".popover").SeesNoAsync();
        await page.ByTest("quick-more").HasFocusAsync();
        await page.KeysAsync("Escape");
        await page.ByTest("quick-add").SeesNoAsync();
    }

    private static Task InRowAsync(IPage page, string title) => page.Row(title).Locator(":focus").SeesAsync();

    /// <summary>Tabs until it has the focus, as somebody without a pointer would.</summary>
    private static async Task TabToAsync(IPage page, ILocator target)
    {
        await target.SeesAsync();
        for (var n = 0; n < 80; n++)
        {
            if (await target.EvaluateAsync<bool>("e => document.activeElement === e"))
                return;
            await page.KeysAsync("Tab");
        }

        Assert.Fail($"Tab never leads to {target}");
    }
}

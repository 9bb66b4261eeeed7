using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Todo.EndToEnd.Tests.Journeys;

/// <summary>One person at two screens: what is done at one is seen at the other, where it is and without a reload.</summary>
public sealed class TwoBrowsersTests(RunningSystem system, Chromium chromium) : Journey(system, chromium)
{
    [Fact]
    public async Task Each_follows_the_other_and_nobody_loses_what_they_are_writing()
    {
        using var person = await Person.SignUpAsync(Running);
        var (here, there) = (await VisitAsync(person), await VisitAsync(person));

        await here.AddTaskAsync("Buy bread");
        await there.Row("Buy bread").SeesAsync();

        // While one writes, the other renames: the row says so at once, the open field keeps what is being written.
        await there.OpenTaskAsync("Buy bread");
        await there.ByTest("detail-notes").FillAsync("The dark one, ");
        await here.OpenTaskAsync("Buy bread");
        await here.ByTest("detail-title").FillAsync("Buy two loaves");
        await here.ByTest("detail-title").PressAsync("Enter");
        await there.Row("Buy two loaves").SeesAsync();
        await Expect(there.ByTest("detail-notes")).ToBeFocusedAsync();
        await there.Keyboard.TypeAsync("sliced");
        await there.Keyboard.PressAsync("Tab");
        await here.ByTest("detail-notes-shown").SaysAsync("The dark one, sliced");

        await there.Row("Buy two loaves").GetByTestId("complete").ClickAsync();
        await here.Row("Buy two loaves").SeesNoAsync();
    }

    [Fact]
    public async Task A_task_moved_at_one_comes_with_its_parts_to_the_other_and_leaves_with_them()
    {
        using var person = await Person.SignUpAsync(Running);
        var home = await person.PostAsync<Contracts.Lists.ProjectView>("projects", new { name = "Home" });
        var trip = await person.CreateAsync(new() { Title = "Plan the trip" });
        var train = await person.CreateAsync(new() { Title = "Book the train", ParentId = trip.TaskId });
        await person.CreateAsync(new() { Title = "Choose a seat", ParentId = train.TaskId });
        var (here, there) = (await VisitAsync(person), await VisitAsync(person, $"projects/{home.ProjectId}"));
        await here.Row("Choose a seat").SeesAsync();

        await here.ByTest("task-title").First.FocusAsync();
        await here.KeysAsync("v");
        await here.ByTest("pick-project").Filter(new() { HasText = "Home" }).ClickAsync();
        await here.Row("Choose a seat").SeesNoAsync();
        await Expect(there.ByTest("task-title")).ToHaveTextAsync(["Plan the trip", "Book the train", "Choose a seat"], new() { Timeout = 60_000 });

        await here.KeysAsync("Control+z");
        await Expect(here.ByTest("task-title")).ToHaveTextAsync(["Plan the trip", "Book the train", "Choose a seat"], new() { Timeout = 60_000 });
        await there.ByTest("task-row").SeesNoAsync();
    }

    [Fact]
    public async Task A_project_duplicated_and_a_section_moved_by_keyboard_are_seen_at_the_other_and_taken_back()
    {
        using var person = await Person.SignUpAsync(Running);
        var (home, work) = (await person.PostAsync<Contracts.Lists.ProjectView>("projects", new { name = "Home" }), await person.PostAsync<Contracts.Lists.ProjectView>("projects", new { name = "Work" }));
        var section = await person.PostAsync<Contracts.Lists.SectionView>($"projects/{home.ProjectId}/sections", new { name = "Kitchen" });
        var oven = await person.CreateAsync(new() { Title = "Clean the oven", ProjectId = home.ProjectId, SectionId = section.SectionId });
        await person.CreateAsync(new() { Title = "Take out the racks", ProjectId = home.ProjectId, SectionId = section.SectionId, ParentId = oven.TaskId });
        var (here, there) = (await VisitAsync(person, $"projects/{home.ProjectId}"), await VisitAsync(person, $"projects/{work.ProjectId}"));

        await here.ByTest("project-menu").PressAsync("Enter");
        await here.ByTest("project-duplicate").PressAsync("Enter");
        await here.Locator("h1").GetByText("Home (copy)").SeesAsync();
        await Expect(here.ByTest("task-title")).ToHaveTextAsync(["Clean the oven", "Take out the racks"], new() { Timeout = 60_000 });
        await here.Locator("h2").GetByText("Kitchen").SeesAsync();
        await there.Locator("nav").GetByText("Home (copy)").SeesAsync();
        await here.KeysAsync("Control+z");
        await Expect(here.Locator("h1")).ToHaveTextAsync("Home", new() { Timeout = 60_000 });
        await there.Locator("nav").GetByText("Home (copy)").SeesNoAsync();

        await here.ByTest("section-menu").PressAsync("Enter");
        await here.ByTest("section-move").PressAsync("Enter");
        await here.ByTest("pick-project").HasFocusAsync();
        await here.KeysAsync("Enter");
        await here.ByTest("task-row").SeesNoAsync();
        await there.Locator("h2").GetByText("Kitchen").SeesAsync();
        await Expect(there.ByTest("task-title")).ToHaveTextAsync(["Clean the oven", "Take out the racks"], new() { Timeout = 60_000 });
        await here.KeysAsync("Control+z");
        await here.Locator("h2").GetByText("Kitchen").SeesAsync();
        await Expect(here.ByTest("task-title")).ToHaveTextAsync(["Clean the oven", "Take out the racks"], new() { Timeout = 60_000 });
        await there.ByTest("task-row").SeesNoAsync();
    }

    [Fact]
    public async Task A_list_is_shown_the_same_way_at_every_screen_and_at_once_at_one_that_was_never_used()
    {
        using var person = await Person.SignUpAsync(Running);
        await person.CreateAsync(new() { Title = "Pay the rent", Priority = 1, Due = new(new(2199, 12, 1)) });
        await person.CreateAsync(new() { Title = "Water the ferns", Labels = ["home"] });
        var (here, there) = (await VisitAsync(person), await VisitAsync(person, "labels/Home"));
        await there.Row("Water the ferns").SeesAsync();

        // Two lists at two screens: neither takes the other's choice away.
        await here.ShowAsync("Priority", sort: "Name");
        await there.ShowAsync("Project");
        await here.EvaluateAsync("() => Blazor.navigateTo('labels/home')");
        await there.EvaluateAsync("() => Blazor.navigateTo('inbox')");
        await ReadsAsync(here, "Inbox");
        await ReadsAsync(there, "Priority 1", "No priority");

        // What is chosen elsewhere is seen without a reload, and what is taken back as well.
        await here.EvaluateAsync("() => Blazor.navigateTo('inbox')");
        await ReadsAsync(here, "Priority 1", "No priority");
        await here.ShowAsync("Date");
        await ReadsAsync(there, "Later", "No date");

        using var phone = await person.ComeBackAsync(Running);
        var fresh = await VisitAsync(phone, "inbox");
        await ReadsAsync(fresh, "Later", "No date");
        await fresh.ByTest("view-menu").ClickAsync();
        await Expect(fresh.ByTest("view-sort")).ToHaveValueAsync("Name", new() { Timeout = 60_000 });
        await fresh.ByTest("view-reset").ClickAsync();
        await ReadsAsync(there);
    }

    [Fact]
    public async Task Nobody_sees_the_tasks_of_somebody_else()
    {
        using var person = await Person.SignUpAsync(Running);
        using var stranger = await Person.SignUpAsync(Running);
        var page = await VisitAsync(stranger);

        var secret = await person.CreateAsync(new() { Title = "Buy her a ring" });
        await stranger.CreateAsync(new() { Title = "Something of my own" });
        await page.Row("Something of my own").SeesAsync();

        (await page.Row("Buy her a ring").CountAsync()).Should().Be(0);
        var prying = () => stranger.AuditAsync(secret.TaskId);
        await prying.Should().ThrowAsync<HttpRequestException>();
    }

    /// <summary>What the list of a page is parted into.</summary>
    private static Task ReadsAsync(IPage page, params string[] parts) => Expect(page.ByTest("chosen-group").Locator("h2")).ToHaveTextAsync(parts, new() { Timeout = 60_000 });
}

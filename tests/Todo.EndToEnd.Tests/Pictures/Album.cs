using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.EndToEnd.Tests.Views;
using Todo.Web.Layout;

namespace Todo.EndToEnd.Tests.Pictures;

/// <summary>What docs/screens shows: every view of the client, with the demo user's tasks.</summary>
internal sealed class Album(IReadOnlyList<TaskView> tasks, IReadOnlyList<ProjectView> projects, IReadOnlyList<FilterView> filters)
{
    private const string Door = "At the door", Lists = "Lists", Days = "Days", Task = "One task", Anywhere = "Anywhere", Settings = "Settings", Nothing = "Nothing there";

    public static async Task<Album> OfAsync(Person demo) => new(
        await demo.OpenAsync(), (await demo.GetAsync<ProjectList>("projects")).Items, (await demo.GetAsync<FilterList>("filters")).Items);

    /// <summary>Every view once, and every page at the door that has none here, so that no new one is forgotten.</summary>
    public IEnumerable<Picture> Pictures()
    {
        Picture[] named = [.. AtTheDoor(), .. OfDays(), .. OfLists(), .. OfOneTask(), .. OverThePage(), .. OfSettings(), .. Empty()];
        var doors = View.Routes.Where(route => IsDoor(route) && !named.Any(picture => "/" + picture.Address.Split('?')[0] == route));
        return named.Concat(doors.Select(route => new Picture(Door, route.Trim('/').Replace('/', '-'), route.Trim('/'), route.Trim('/'), null, Sitter.Stranger)));
    }

    private static bool IsDoor(string route) => typeof(Web.App).Assembly.GetTypes().Any(type =>
        type.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>().Any(known => known.Template == route)
        && type.GetCustomAttributes(typeof(LayoutAttribute), false).Cast<LayoutAttribute>().Any(layout => layout.LayoutType == typeof(DoorLayout)));

    private static IEnumerable<Picture> AtTheDoor()
    {
        yield return new(Door, "sign-in", "Signing in", "sign-in", page => page.ByTest("email").SeesAsync(), Sitter.Stranger);
        yield return new(Door, "sign-up", "Signing up", "sign-up", page => page.ByTest("email").SeesAsync(), Sitter.Stranger);
        yield return new(Door, "loading", "While .NET starts", "today", null, Sitter.Stranger);
    }

    private IEnumerable<Picture> OfDays()
    {
        yield return new(Days, "today", "Today, with a task open beside it", $"today?task={Find("Review")}", OnADesk(page => page.ByTest("detail").SeesAsync(), page => page.KeysAsync("Escape"))) { Sharp = true };
        yield return new(Days, "upcoming", "Upcoming", "upcoming");
        yield return new(Days, "calendar-month", "The calendar: a month, what will repeat, and a tray of what has no date", "calendar?tray=open") { Sharp = true };
        yield return new(Days, "calendar-week", "The calendar: a week", "calendar?by=week");
    }

    private IEnumerable<Picture> OfLists()
    {
        yield return new(Lists, "inbox", "Inbox", "inbox");
        yield return new(Lists, "project", "A project as list", Launch);
        yield return new(Lists, "board", "A project as board", $"{Launch}?view=board") { Sharp = true };
        yield return new(Lists, "board-priority", "The same board, parted by priority", $"{Launch}?view=board", page => ChooseAsync(page, "Priority"));
        yield return new(Lists, "display", "How a list is shown", Launch, async page =>
        {
            await ChooseAsync(page, "None");
            await page.ByTest("view-menu").ClickAsync();
        });
        yield return new(Lists, "project-menu", "What can be done with a project", Launch, page => page.ByTest("project-menu").First.ClickAsync());
        yield return new(Lists, "section-menu", "And with a section", Launch, page => page.ByTest("section-menu").First.ClickAsync());
        yield return new(Lists, "projects", "All projects", "projects");
        yield return new(Lists, "label", "Tasks of a label", "labels/people");
        yield return new(Lists, "labels", "All labels", "labels");
        yield return new(Lists, "filter", "A saved filter", $"filters/{filters.First(filter => filter.Name.StartsWith("Urgent", StringComparison.Ordinal)).FilterId}");
        yield return new(Lists, "filters", "All filters", "filters");
        yield return new(Lists, "search", "Search", "search?q=the", page => page.ByTest("task-row").First.SeesAsync());
        yield return new(Lists, "completed", "Completed", "completed", page => page.ByTest("task-row").First.SeesAsync());
        yield return new(Lists, "trash", "Trash", "trash", page => page.ByTest("task-row").First.SeesAsync());
        yield return new(Lists, "activity", "Activity", "activity", page => page.Locator(".activity li").First.SeesAsync());
        yield return new(Lists, "selection", "Several tasks at once", "inbox", page => page.KeysAsync("j", "x", "j", "x"));
    }

    private IEnumerable<Picture> OfOneTask()
    {
        var plants = $"today?task={Find("Water the plants")}";
        yield return new(Task, "detail", "A task and all that is known of it", plants, page => page.ByTest("detail").SeesAsync());
        yield return new(Task, "date", "Its date", plants, page => page.ByTest("detail").GetByTestId("set-due").First.ClickAsync());
        yield return new(Task, "repeat", "How it repeats, and the next five dates", plants, page => page.ByTest("set-repeat").ClickAsync());
        yield return new(Task, "reminder", "When it reminds", plants, page => page.ByTest("add-reminder").ClickAsync());
        yield return new(Task, "history", "What became of it", $"{Launch}?task={Find("Finish the pricing page")}", async page =>
        {
            await page.ByTest("history").Locator("summary").ClickAsync();
            await page.ByTest("audit-entry").First.SeesAsync();
            await page.ByTest("audit-entry").First.ScrollIntoViewIfNeededAsync();
        });
        yield return new(Task, "menu", "All that can be done to it", "inbox", page => page.KeysAsync("j", "j", "."));
        yield return new(Task, "title", "A title being changed reads as quick add does", "inbox", async page =>
        {
            await page.KeysAsync("j", "j", "j", "Control+e", "End");
            await page.Keyboard.TypeAsync(" tomorrow 18:00 p1 @people");
        });
    }

    private static IEnumerable<Picture> OverThePage()
    {
        yield return new(Anywhere, "quick-add", "Adding a task in one line", "today", async page =>
        {
            await page.KeysAsync("q");
            await page.ByTest("quick-add-title").FillAsync("Water the ferns every monday 18:00 p2 @home #Home !30m");
        });
        yield return new(Anywhere, "palette", "Anything by a few letters", "today", async page =>
        {
            await page.KeysAsync("Control+k");
            await page.ByTest("palette-line").FillAsync("la");
        });
        yield return new(Anywhere, "keys", "Every key", "today", page => page.KeysAsync("?"));
        yield return new(Anywhere, "browse", "All places, on a phone", "today", page => page.ByTest("browse").ClickAsync()) { OnPhonesOnly = true };
        yield return new(Anywhere, "undo", "What was done can be taken back", "inbox", async page =>
        {
            await page.KeysAsync("j", "j", "j", "j", "j", "Delete");
            await page.ByTest("toast-undo").SeesAsync();
        })
        {
            After = page => page.KeysAsync("Control+z"),
        };
        yield return new(Anywhere, "reminder-comes", "A reminder comes", "today", page => page.ByTest("toast-reminder").First.SeesAsync());
        yield return new(Anywhere, "snooze", "And is put off", "today", async page =>
        {
            await page.ByTest("toast-reminder").First.SeesAsync();
            await page.ByTest("toast-reminder").First.GetByTestId("snooze").ClickAsync();
        });
        yield return new(Anywhere, "notifications", "Notifications", "notifications", async page =>
        {
            await page.ReloadAsync(); // without the message that says the same
            await page.ByTest("notification").First.SeesAsync();
        });
        yield return new(Anywhere, "offline", "Without a connection", "today", async page =>
        {
            await page.Context.SetOfflineAsync(true);
            await page.ByTest("offline-banner").SeesAsync();
        })
        {
            After = page => page.Context.SetOfflineAsync(false),
        };
    }

    private static IEnumerable<Picture> OfSettings()
    {
        yield return new(Settings, "settings", "Look, typing, time", "settings");
        yield return new(Settings, "settings-notifications", "Notifications and quiet hours", "settings", page => ToHeadingAsync(page, "Notifications"));
        yield return new(Settings, "settings-account", "Keyboard and account", "settings", page => ToHeadingAsync(page, "Keyboard"));
        yield return new(Settings, "settings-sessions", "Sessions and access tokens", "settings", page => ToHeadingAsync(page, "Where you are signed in"));
    }

    private static IEnumerable<Picture> Empty()
    {
        yield return new(Nothing, "empty-today", "Today, on the first visit", "today", null, Sitter.Newcomer);
        yield return new(Nothing, "empty-inbox", "Inbox", "inbox", null, Sitter.Newcomer);
        yield return new(Nothing, "empty-projects", "Projects", "projects", null, Sitter.Newcomer);
        yield return new(Nothing, "empty-labels", "Labels", "labels", null, Sitter.Newcomer);
        yield return new(Nothing, "empty-filters", "Filters", "filters", null, Sitter.Newcomer);
        yield return new(Nothing, "empty-search", "A search that finds nothing", "search?q=unicorn", null, Sitter.Newcomer);
        yield return new(Nothing, "empty-completed", "Completed", "completed", null, Sitter.Newcomer);
        yield return new(Nothing, "empty-notifications", "Notifications", "notifications", null, Sitter.Newcomer);
        yield return new(Nothing, "not-found", "An address that leads nowhere", "nowhere", null, Sitter.Newcomer);
    }

    private string Launch => $"projects/{projects.First(project => project.Name.Contains("launch", StringComparison.Ordinal)).ProjectId}";

    private Guid Find(string title) => tasks.First(task => task.Title.StartsWith(title, StringComparison.Ordinal)).TaskId;

    private static async Task ChooseAsync(IPage page, string group)
    {
        await page.ShowAsync(group);
        await page.EvaluateAsync("() => document.activeElement?.blur()");
    }

    private static async Task ToHeadingAsync(IPage page, string heading) => await page.EvaluateAsync(
        "name => { const h = [...document.querySelectorAll('h2')].find(h => h.textContent === name); scrollTo(0, h.getBoundingClientRect().top + scrollY - 70); }", heading);

    private static Func<IPage, Task> OnADesk(Func<IPage, Task> there, Func<IPage, Task> elsewhere) => page => page.ViewportSize!.Width > 760 ? there(page) : elsewhere(page);
}

using Todo.Api.Lists;
using Todo.Contracts.Lists;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Api.Identity;

/// <summary>What the demo user has to do: enough that every view has something to show on the first visit.</summary>
internal sealed class DemoDay(Guid ownerId, DateOnly today, DateTimeOffset now)
{
    private readonly List<Project> _projects = [];
    private readonly List<Section> _sections = [];
    private readonly List<CreateTaskRequest> _open = [];

    public IReadOnlyList<Project> Projects => _projects;

    public IReadOnlyList<Section> Sections => _sections;

    public IReadOnlyList<CreateTaskRequest> Open => _open;

    /// <summary>Titles of what is done already, newest first.</summary>
    public IReadOnlyList<string> Done { get; } = ["Book the train to Porto", "Send the invoice to Mireille", "Renew the library card", "Thank Jonas for the lamp", "Order printer paper"];

    public IReadOnlyList<Label> Labels =>
    [
        new() { OwnerId = ownerId, Name = "home", Colour = "green" },
        new() { OwnerId = ownerId, Name = "people", Colour = "violet" },
        new() { OwnerId = ownerId, Name = "money", Colour = "amber" },
        new() { OwnerId = ownerId, Name = "quick", Colour = "teal" },
    ];

    public IReadOnlyList<SavedFilter> Filters =>
    [
        Filter("Urgent this week", "(overdue | 7 days) & (p1 | p2)", "red"),
        Filter("Five-minute things", "@quick", "teal"),
    ];

    public DemoDay Fill()
    {
        Life();
        Work();
        Trip();
        return this;
    }

    private void Life()
    {
        var home = Project("Home", "green");
        Add("Look around: this reminder comes in two minutes", 0, priority: 1, reminders: [new Reminder(Guid.CreateVersion7(now), now.AddMinutes(2))]);
        Add("Water the plants", 0, "18:00", home, repeat: new("FREQ=DAILY;INTERVAL=2"), labels: ["home"], reminders: [new Reminder(Guid.CreateVersion7(now), MinutesBefore: 10)]);
        Add("Read a chapter before bed", 0, "22:00", repeat: new("FREQ=WEEKLY;BYDAY=MO,WE,FR,SU", RecurrenceMode.AfterCompletion));
        Add("Call Grandma back", -1, priority: 2, labels: ["people"]);
        Add("Return the drill to Omar", -3, project: home, labels: ["people", "quick"]);
        Add("Pay the rent", 3, project: home, priority: 2, repeat: new("FREQ=MONTHLY", RecurrenceMode.KeepMissed), labels: ["money"]);
        Add("Descale the coffee machine", 5, project: home, labels: ["home", "quick"]);
        Add("Dentist", 8, "09:30", reminders: [new Reminder(Guid.CreateVersion7(now), MinutesBefore: 60)]);
        Add("Somewhere to put ideas: a shelf above the desk?");
        Add("Find a present for Lena", labels: ["people"]);
    }

    private void Work()
    {
        var work = Project("Autumn launch", "blue", favourite: true);
        var (next, doing, waiting) = (Section(work, "Next"), Section(work, "In progress"), Section(work, "Waiting"));
        Add("Review Ana’s draft of the announcement", 0, "11:00", work, doing, priority: 1, notes: "Look at\n\n- the first sentence\n- **prices**: do they match the page?\n- the [style guide](https://example.org/style)");
        var page = Add("Finish the pricing page", 1, project: work, section: doing, priority: 2, minutes: 90);
        Add("Numbers from finance", 0, project: work, section: doing, parent: page, labels: ["quick"]);
        Add("Screenshots for the three plans", project: work, section: doing, parent: page);
        Add("Weekly planning", 4, "09:00", work, next, repeat: new("FREQ=WEEKLY"));
        Add("Write the release notes", 6, project: work, section: next, deadline: 9);
        Add("Try sign-up with a screen reader", 2, project: work, section: next, priority: 3);
        Add("Logo in vector form from Hugo", 7, project: work, section: waiting, labels: ["people"]);
        Add("Legal answers about the terms", project: work, section: waiting);
    }

    private void Trip()
    {
        var trip = Project("Lisbon in spring", "amber");
        Add("Write to Ana about the trip", 1, project: trip, labels: ["people"], notes: "Ask her about\n\n- trains\n- the cabin");
        Add("Check that the passports are valid", 10, project: trip, priority: 3);
        Add("Compare flats near Graça", project: trip);
        Add("Learn twenty words of Portuguese", 2, project: trip, repeat: new("FREQ=DAILY"), labels: ["quick"]);
    }

    private Guid Project(string name, string colour, bool favourite = false)
    {
        var project = Lists.Project.Create(Guid.CreateVersion7(now), ownerId, new ProjectRequest { Name = name, Colour = colour, Favourite = favourite }, now.AddMilliseconds(_projects.Count));
        _projects.Add(project);
        return project.ProjectId;
    }

    private Guid Section(Guid project, string name)
    {
        var section = new Section { SectionId = Guid.CreateVersion7(now), ProjectId = project, OwnerId = ownerId, Name = name, Order = OrderKey.Last(now.AddMilliseconds(_sections.Count)) };
        _sections.Add(section);
        return section.SectionId;
    }

    private SavedFilter Filter(string name, string query, string colour)
    {
        var filter = new SavedFilter { FilterId = Guid.CreateVersion7(now), OwnerId = ownerId, Order = OrderKey.Last(now) };
        filter.Take(new FilterRequest { Name = name, Query = query, Colour = colour });
        return filter;
    }

    private Guid Add(
        string title, int? day = null, string? time = null, Guid? project = null, Guid? section = null, Guid? parent = null, int priority = 4, int? minutes = null, int? deadline = null,
        string? notes = null, RecurrenceRule? repeat = null, IReadOnlyList<string>? labels = null, IReadOnlyList<Reminder>? reminders = null)
    {
        var taskId = Guid.CreateVersion7(now);
        _open.Add(new CreateTaskRequest
        {
            TaskId = taskId,
            Title = title,
            Notes = notes,
            Due = day is { } days ? new Due(today.AddDays(days), time is null ? null : TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)) : null,
            Deadline = deadline is { } last ? today.AddDays(last) : null,
            EstimateMinutes = minutes,
            Priority = priority,
            ProjectId = project,
            SectionId = section,
            ParentId = parent,
            Recurrence = repeat,
            Labels = labels ?? [],
            Reminders = reminders ?? [],
        });
        return taskId;
    }
}

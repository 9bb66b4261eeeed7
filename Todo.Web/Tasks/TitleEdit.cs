using Todo.Contracts.QuickAdd;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Projects;
using Todo.Web.Settings;

namespace Todo.Web.Tasks;

/// <summary>
/// A title being changed. What is newly typed into it is read as quick add reads a line, so "tomorrow 9:00 p1" sets the date and the
/// priority; what stood in the title before are words and stay so.
/// </summary>
public sealed class TitleEdit(UserClock clock, PreferenceStore preferences, ProjectBoard projects, TaskActions actions)
{
    private readonly TypedLine _line = new(clock, preferences);

    public string Text => _line.Text;

    public QuickAddResult Said => _line.Said;

    public void Begin(string title)
    {
        _line.Clear();
        _line.Read(title);
        _line.LeaveAll();
    }

    public void Type(string text) => _line.Read(text.ReplaceLineEndings(" "));

    public void Leave(QuickToken token) => _line.Leave(token);

    /// <summary>What Escape does first: turns what was read back into words. False where there was nothing.</summary>
    public bool LeaveAll()
    {
        if (Said.Tokens.Count == 0)
            return false;
        _line.LeaveAll();
        return true;
    }

    /// <summary>Saves title and all that was read out of it as one change, which one undo takes back.</summary>
    public async Task SaveAsync(TaskView task)
    {
        var said = Said;
        var title = said.Tokens.Count == 0 ? Text.Trim() : said.Title;
        if (title.Length == 0)
            title = task.Title; // only a date was typed: the task keeps its name
        if (title == task.Title && said.Tokens.Count == 0)
            return;
        (Guid Project, Guid? Section)? home = said.Project is { } name ? projects.PlaceNamed(name, said.Section) : null;
        await actions.EditAsync(task.TaskId, t => Over(t, title, said, home), said.Tokens.Count == 0 ? null : $"Set: {string.Join(", ", said.Tokens.Select(token => QuickWords.Of(token, said, clock, isNew: false)))}");
    }

    private static TaskView Over(TaskView task, string title, QuickAddResult said, (Guid Project, Guid? Section)? home)
    {
        var due = said.Due ?? task.Due;
        if (said.Due is { Time: null } day && task.Due is { Time: not null } before)
            due = before with { Date = day.Date }; // another day keeps the time
        task = task with
        {
            Title = title,
            Notes = said.Notes is null ? task.Notes : task.Notes is { Length: > 0 } notes ? $"{notes}\n\n{said.Notes}" : said.Notes,
            Due = due,
            Recurrence = said.Recurrence ?? task.Recurrence,
            Priority = said.Tokens.Any(token => token.Kind == QuickTokenKind.Priority) ? said.Priority : task.Priority,
            Labels = said.Labels.Count == 0 ? task.Labels : [.. task.Labels.Union(said.Labels, StringComparer.OrdinalIgnoreCase).Take(TaskRules.ListLength)],
            Deadline = said.Deadline ?? task.Deadline,
            EstimateMinutes = said.EstimateMinutes ?? task.EstimateMinutes,
            Reminders = said.Reminders.Count == 0 ? task.Reminders : [.. task.Reminders, .. said.Reminders.Select(reminder => new Reminder(Guid.CreateVersion7(), reminder.At, reminder.MinutesBefore))],
        };
        return home is { } place ? task with { ProjectId = place.Project, SectionId = place.Section, ParentId = null } : task;
    }
}

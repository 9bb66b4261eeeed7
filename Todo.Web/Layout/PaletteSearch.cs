using Microsoft.AspNetCore.Components;
using Todo.Web.Dates;
using Todo.Web.Filters;
using Todo.Web.Keyboard;
using Todo.Web.Labels;
using Todo.Web.Projects;
using Todo.Web.Tasks;

namespace Todo.Web.Layout;

/// <summary>What the palette finds: places first, then tasks, then what a key does. Words may come in any order.</summary>
public sealed class PaletteSearch(
    Shortcuts shortcuts, TaskBoard board, ProjectBoard projects, LabelBoard labels, FilterBoard filters, UserClock clock, Workspace workspace, NavigationManager navigation)
{
    private static readonly string[] KeysOnly = ["j, ArrowDown", "k, ArrowUp", "Escape", "Ctrl+k"];

    public IReadOnlyList<PaletteEntry> For(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var places = Places().Where(entry => Says(entry.Name, words)).OrderBy(entry => !Begins(entry.Name, words));
        if (words.Length == 0)
            return [.. places.Take(40)];
        return [.. places.Take(6), .. Tasks(words).Take(6), .. Deeds().Where(entry => Says(entry.Name, words)).Take(6)];
    }

    private IEnumerable<PaletteEntry> Places() => shortcuts.All.Where(shortcut => shortcut.Group == "Go to")
        .Select(shortcut => new PaletteEntry("right", shortcut.Words, KeyWords.Of(shortcut.Keys).First(), null, () => shortcut.Act(null)))
        .Concat(projects.Open.Select(project => Place("folder", project.Name, "Project", project.Colour, $"projects/{project.ProjectId}")))
        .Concat(filters.All.Select(filter => Place("filter", filter.Name, "Filter", filter.Colour, $"filters/{filter.FilterId}")))
        .Concat(LabelNames.All(labels, board).Select(name => Place("label", "@" + name, "Label", labels.Find(name)?.Colour, $"labels/{Uri.EscapeDataString(name)}")));

    private IEnumerable<PaletteEntry> Tasks(string[] words) => board.Tasks
        .Where(task => TaskLists.IsOpen(task) && Says(task.Title, words))
        .Select(task => new PaletteEntry("today", task.Title, task.Due is { } due ? DateWords.Due(due, clock) : "", null, () => Do(() => workspace.OpenTask(task.TaskId))));

    // What needs a row or a list under the focus is no use here, where the focus is in the palette.
    private IEnumerable<PaletteEntry> Deeds() => shortcuts.All.Where(shortcut => shortcut.Group == "Anywhere" && !KeysOnly.Contains(shortcut.Keys))
        .Select(shortcut => new PaletteEntry("keyboard", shortcut.Words, KeyWords.Of(shortcut.Keys).First(), null, () => shortcut.Act(null)));

    private PaletteEntry Place(string icon, string name, string kind, string? colour, string address) => new(icon, name, kind, colour, () => Do(() => navigation.NavigateTo(address)));

    private static bool Says(string name, string[] words) => words.All(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool Begins(string name, string[] words) => words.Length > 0 && name.TrimStart('@').StartsWith(words[0], StringComparison.OrdinalIgnoreCase);

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}

/// <summary>Something the palette found, and what choosing it does.</summary>
public sealed record PaletteEntry(string Icon, string Name, string Hint, string? Colour, Func<Task> Act);

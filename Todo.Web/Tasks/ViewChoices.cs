using Todo.Web.Layout;

namespace Todo.Web.Tasks;

/// <summary>How each list is to be shown, by its address. Remembered by this browser.</summary>
public sealed class ViewChoices(Browser browser)
{
    private const string Name = "views";
    private const int Most = 200;
    private readonly List<(string Place, ViewChoice Choice)> _choices = [];

    public event Action? Changed;

    public ViewChoice Of(string place)
    {
        foreach (var (known, choice) in _choices)
        {
            if (known == place)
                return choice;
        }

        return ViewChoice.Usual;
    }

    public Task SetAsync(string place, ViewChoice choice)
    {
        _choices.RemoveAll(known => known.Place == place);
        if (choice != ViewChoice.Usual)
            _choices.Add((place, choice));
        if (_choices.Count > Most)
            _choices.RemoveAt(0);
        Changed?.Invoke();
        return browser.RememberAsync(Name, _choices.Count == 0 ? null : string.Join('\n', _choices.Select(Line)));
    }

    /// <summary>Takes over what the browser remembers; a line it cannot read, from another version perhaps, is left out.</summary>
    public async Task LoadAsync()
    {
        _choices.Clear();
        foreach (var line in (await browser.RecallAsync(Name) ?? "").Split('\n'))
        {
            if (line.Split('|') is [var place, var group, var sort, var completed] && Enum.TryParse<Grouping>(group, out var by) && Enum.TryParse<Sorting>(sort, out var order))
                _choices.Add((place, new(by, order, completed == "done")));
        }

        Changed?.Invoke();
    }

    private static string Line((string Place, ViewChoice Choice) known) =>
        $"{known.Place}|{known.Choice.Group}|{known.Choice.Sort}|{(known.Choice.Completed ? "done" : "open")}";
}

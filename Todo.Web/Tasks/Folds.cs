using Todo.Web.Layout;

namespace Todo.Web.Tasks;

/// <summary>What is folded away: the sub-tasks of some tasks, the tasks of some sections. Remembered by this browser.</summary>
public sealed class Folds(Browser browser)
{
    private const string Name = "folds";
    private const int Most = 500;
    private readonly List<Guid> _folded = [];

    public event Action? Changed;

    /// <summary>Counts the changes, so that a list knows whether its rows still hold.</summary>
    public long Revision { get; private set; }

    public bool Has(Guid id) => _folded.Contains(id);

    public async Task LoadAsync()
    {
        _folded.Clear();
        foreach (var id in (await browser.RecallAsync(Name) ?? "").Split(','))
        {
            if (Guid.TryParse(id, out var folded))
                _folded.Add(folded);
        }

        Tell();
    }

    public Task ToggleAsync(Guid id)
    {
        if (!_folded.Remove(id))
            _folded.Add(id);
        if (_folded.Count > Most)
            _folded.RemoveAt(0); // what was folded longest ago is most likely gone
        Tell();
        return browser.RememberAsync(Name, _folded.Count == 0 ? null : string.Join(',', _folded));
    }

    private void Tell()
    {
        Revision++;
        Changed?.Invoke();
    }
}

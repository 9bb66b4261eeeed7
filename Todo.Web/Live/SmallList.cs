using Todo.Web.Http;
using Todo.Web.Layout;

namespace Todo.Web.Live;

/// <summary>
/// A list short enough to be read whole: what the server said, with what the person has since done laid over it. A refused edit is taken
/// away, and everything else that happened meanwhile stays.
/// </summary>
internal sealed class SmallList<T>
{
    private readonly Outgoing _outgoing;
    private readonly Toasts _toasts;
    private readonly Action<List<T>> _show;
    private readonly OneAtATime _reading;
    private readonly List<Func<List<T>, List<T>>> _unanswered = [];
    private List<T> _confirmed = [];
    private int _begun;
    private int _read;
    private int _answered;

    public SmallList(Outgoing outgoing, Toasts toasts, Func<Task<IEnumerable<T>?>> read, Action<List<T>> show)
    {
        (_outgoing, _toasts, _show) = (outgoing, toasts, show);
        _reading = new(async () =>
        {
            _begun++;
            if (await read() is { } items)
                (_confirmed, _answered) = ([.. items], _begun);
            _read = _begun;
            Show();
        });
    }

    /// <summary>Reads it, one reading at a time: an answer that comes late never takes the place of a newer one.</summary>
    public Task LoadAsync() => _reading.RunAsync();

    /// <summary>What is known before anything was read.</summary>
    public void Begin(IEnumerable<T> items)
    {
        _confirmed = [.. items];
        Show();
    }

    /// <summary>Shows an edit at once and sends it. Edits are given as what they do to the list, so that they can be done to a newer one.</summary>
    public async Task<bool> EditAsync(Func<List<T>, List<T>> edit, Func<Task<Problem?>> send)
    {
        var read = _read;
        _unanswered.Add(edit);
        Show();
        var problem = await _outgoing.SendInOrderAsync(send);
        var begun = _begun;
        if (problem is null && read != begun && _unanswered.Contains(edit))
            await LoadAsync(); // what was read meanwhile may lack it, or hold what somebody made of it since: until then it lies over that
        if (!_unanswered.Remove(edit))
            return problem is null; // they have left meanwhile

        if (problem is null && _answered <= begun)
            _confirmed = edit(_confirmed);
        Show();
        if (problem is not null)
            _toasts.Error($"Could not save. {problem.Message}", () => EditAsync(edit, send));
        return problem is null;
    }

    public void Clear()
    {
        _unanswered.Clear();
        _confirmed = [];
        Show();
    }

    private void Show() => _show(_unanswered.Aggregate(_confirmed, static (items, edit) => edit(items)));
}

namespace Todo.AppHost.Processes;

/// <summary>What a program said last, or why it ended where it said so.</summary>
internal sealed class LastLines(int count)
{
    private const int Remembered = 400;

    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Remembered)
                _lines.Dequeue();
        }
    }

    /// <summary>The last lines; or, since the end of a stack trace tells nobody anything, those from an unhandled exception on.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_lines)
        {
            var all = _lines.ToArray();
            _lines.Clear();
            var exception = Array.FindLastIndex(all, line => line.StartsWith("Unhandled exception", StringComparison.Ordinal));
            return exception < 0 ? [.. all.TakeLast(count)] : [.. all.Skip(exception).Take(count)];
        }
    }
}

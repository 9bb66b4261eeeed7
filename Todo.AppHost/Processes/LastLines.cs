namespace Todo.AppHost.Processes;

/// <summary>What a program said last.</summary>
internal sealed class LastLines(int count)
{
    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > count)
                _lines.Dequeue();
        }
    }

    public IReadOnlyList<string> Take()
    {
        lock (_lines)
        {
            var taken = _lines.ToArray();
            _lines.Clear();
            return taken;
        }
    }
}

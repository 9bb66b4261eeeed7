namespace Todo.AppHost.Processes;

/// <summary>What to start: a program, its arguments, and what it finds in its environment besides ours.</summary>
internal sealed record ChildProgram(string File, params IReadOnlyList<string> Arguments)
{
    public string WorkingFolder { get; init; } = Directory.GetCurrentDirectory();

    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
}

namespace Todo.Web.Http;

/// <summary>What became of a request: a value, or the problem that stood in its way.</summary>
public readonly record struct Answer<T>(T? Value, Problem? Problem)
{
    public bool Ok => Problem is null;

    public Answer(Problem problem)
        : this(default, problem)
    {
    }
}

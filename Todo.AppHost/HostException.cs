namespace Todo.AppHost;

/// <summary>Something the person at the keyboard can act on: its message is one sentence, printed without a stack trace.</summary>
internal sealed class HostException : Exception
{
    public HostException(string message)
        : base(message)
    {
    }

    public HostException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

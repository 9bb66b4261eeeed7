using Microsoft.Playwright;

namespace Todo.EndToEnd.Tests.Pictures;

/// <summary>One view to be shown: its file name, what is said of it, where it is, and what to do there to bring it about.</summary>
internal sealed record Picture(string Group, string Name, string Title, string Address, Func<IPage, Task>? Then = null, Sitter Sitter = Sitter.Demo)
{
    /// <summary>What puts things back as they were.</summary>
    public Func<IPage, Task>? After { get; init; }

    /// <summary>True for what the README shows: on a desk it is taken at twice the size, for screens that have it.</summary>
    public bool Sharp { get; init; }

    /// <summary>True for what only a phone has.</summary>
    public bool OnPhonesOnly { get; init; }
}

/// <summary>Who looks at it.</summary>
internal enum Sitter
{
    /// <summary>The demo user, with a day's worth of tasks.</summary>
    Demo,

    /// <summary>Somebody who signed up a minute ago.</summary>
    Newcomer,

    /// <summary>Nobody who is signed in.</summary>
    Stranger,
}

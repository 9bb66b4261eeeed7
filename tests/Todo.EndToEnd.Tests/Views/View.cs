using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace Todo.EndToEnd.Tests.Views;

/// <summary>Something that can be looked at: an address, and what to do there to bring it about.</summary>
internal sealed record View(string Name, string Address, Func<IPage, Task>? Then = null)
{
    /// <summary>Every route of the client, so that a new page is looked at without anybody thinking of it.</summary>
    public static IReadOnlyList<string> Routes { get; } =
        [.. typeof(Web.App).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), false)).Cast<RouteAttribute>().Select(route => route.Template).Order()];

    /// <summary>Whether this is a page of that route.</summary>
    public bool Shows(string route)
    {
        var (parts, path) = (route.Trim('/').Split('/'), Address.Split('?', '#')[0].Split('/'));
        return parts.Length == path.Length && parts.Zip(path).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    public override string ToString() => Name;
}

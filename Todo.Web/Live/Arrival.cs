using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Settings;

namespace Todo.Web.Live;

/// <summary>
/// What a page needs to begin with. Where somebody was signed in before, it is asked for along with who they are, so that nothing
/// waits for anything; the cookie decides whose it is either way.
/// </summary>
public sealed class Arrival(LiveFeed feed, ListsFeed lists, PreferenceStore preferences, Browser browser)
{
    private const string Here = "here";
    private Task<Problem?>? _asked;

    /// <summary>Asks already, if somebody was here before; the answers are waited for by <see cref="LoadAsync"/>.</summary>
    public async Task AskEarlyAsync()
    {
        if (await browser.RecallAsync(Here) is not null)
            _asked = AskAsync();
    }

    /// <summary>Everything is there, or the answer says why the tasks are not; asking again asks for what is missing.</summary>
    public async Task<Problem?> LoadAsync()
    {
        var asking = _asked ?? AskAsync();
        _asked = null;
        if (await asking is { } problem)
            return problem;
        await browser.RememberAsync(Here, "yes");
        return null;
    }

    /// <summary>Nobody is here any more.</summary>
    public Task ForgetAsync()
    {
        _asked = null;
        return browser.RememberAsync(Here, null);
    }

    private async Task<Problem?> AskAsync()
    {
        var rest = Task.WhenAll(preferences.LoadAsync(), lists.LoadAsync());
        var problem = await feed.LoadAsync();
        await rest;
        return problem;
    }
}

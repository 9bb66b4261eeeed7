using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Notifications;
using Todo.Web.Settings;
using Todo.Web.Tasks;

namespace Todo.Web.Live;

/// <summary>
/// What a page needs to begin with, all of it asked for at once: who somebody is, what they prefer, their tasks and lists, what is under the
/// bell, and the line over which the rest comes. Where somebody was signed in before nothing waits even for who they are; the cookie decides
/// whose it is either way.
/// </summary>
public sealed class Arrival(
    LiveFeed feed, ListsFeed lists, NotificationList notifications, PreferenceStore preferences, ViewChoices views, LiveConnection live, Browser browser)
{
    private const string Here = "here";
    private Task<Problem?>? _asked;

    /// <summary>Asks already, if somebody was here before; the answers are waited for by <see cref="LoadAsync"/>.</summary>
    public async Task AskEarlyAsync()
    {
        if (await browser.RecallAsync(Here) is not null)
            _asked = AskAsync(await browser.PageAgeAsync()); // since when wwwroot/js/early.js has been asking
    }

    /// <summary>Everything is there, or the answer says why the tasks are not; asking again asks for what is missing.</summary>
    public async Task<Problem?> LoadAsync()
    {
        var asking = _asked ?? AskAsync(TimeSpan.Zero);
        _asked = null;
        if (await asking is { } problem)
            return problem;
        await browser.RememberAsync(Here, "yes");
        _ = views.HandOverAsync();
        return null;
    }

    /// <summary>Nobody is here any more.</summary>
    public Task ForgetAsync()
    {
        _asked = null;
        return browser.RememberAsync(Here, null);
    }

    private async Task<Problem?> AskAsync(TimeSpan askedAgo)
    {
        live.Start(askedAgo);
        var rest = Task.WhenAll(preferences.LoadAsync(), lists.LoadAsync(), notifications.LoadAsync());
        var problem = await feed.LoadAsync();
        await rest;
        return problem;
    }
}

using System.Text.Json;
using Todo.Contracts;
using Todo.Contracts.Lists;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Live;

namespace Todo.Web.Tasks;

/// <summary>
/// How each list is to be shown, by its address and on every device of its person. This browser keeps a copy of what was shown last, for the
/// first paint alone: a list does not jump when the answer comes.
/// </summary>
public sealed class ViewChoices
{
    private const string Copy = "list-views";

    /// <summary>What browsers remembered themselves until November 2026, when accounts began to.</summary>
    private const string Before = "views";

    private readonly Api _api;
    private readonly Browser _browser;
    private readonly SmallList<ListView> _list;
    private Dictionary<string, ViewChoice> _choices = [];
    private List<ListView> _before = [];
    private bool _accountHasNone;
    private (string? Address, string? Place) _named;

    public ViewChoices(Api api, Outgoing outgoing, Toasts toasts, Browser browser)
    {
        (_api, _browser) = (api, browser);
        _list = new(outgoing, toasts, ReadAsync, Show);
    }

    public event Action? Changed;

    public ViewChoice Of(string address) => Named(address) is { } place && _choices.TryGetValue(place, out var choice) ? choice : ViewChoice.Usual;

    /// <summary>Shows it so at once, and tells the account.</summary>
    public Task SetAsync(string address, ViewChoice choice) => Named(address) is { } place ? SendAsync([choice.On(place)]) : Task.CompletedTask;

    /// <summary>Takes over what this browser remembers, before the server is asked.</summary>
    public async Task RecallAsync()
    {
        _before = [.. (await _browser.RecallAsync(Before) ?? "").Split('\n').Select(ReadLine).OfType<ListView>().Reverse().DistinctBy(view => view.Place)];
        _list.Begin(ReadCopy(await _browser.RecallAsync(Copy)) is { Count: > 0 } copy ? copy : _before);
    }

    public Task LoadAsync() => _list.LoadAsync();

    /// <summary>Gives the account what this browser remembered by itself, where the account has nothing. To be called when it is known who is here.</summary>
    public async Task HandOverAsync()
    {
        if (_before.Count > 0 && _accountHasNone && await SendAsync(_before))
            await ForgetBeforeAsync();
    }

    public void Clear() => _list.Clear();

    private async Task<IEnumerable<ListView>?> ReadAsync()
    {
        if ((await _api.GetAsync<ListViews>("views")).Value?.Items is not { } views)
            return null;
        _accountHasNone = views.Count == 0;
        if (_before.Count > 0 && _accountHasNone)
            return _before; // soon it has
        if (_before.Count > 0)
            await ForgetBeforeAsync();
        return views;
    }

    private Task<bool> SendAsync(IReadOnlyList<ListView> views)
    {
        var (body, command) = (Api.Json(new ListViews(views)), Guid.NewGuid().ToString());
        return _list.EditAsync(
            all => [.. all.ExceptBy(views.Select(view => view.Place), view => view.Place), .. views.Where(view => !view.IsUsual)],
            () => _api.SendAsync(HttpMethod.Patch, "views", body, command));
    }

    private void Show(List<ListView> views)
    {
        var choices = views.ToDictionary(view => view.Place, ViewChoice.Of);
        if (choices.Count == _choices.Count && choices.All(one => _choices.TryGetValue(one.Key, out var known) && known == one.Value))
            return;
        _choices = choices;
        Changed?.Invoke();
        _ = _browser.RememberAsync(Copy, views.Count == 0 ? null : Api.Json(new ListViews(views)));
    }

    private Task ForgetBeforeAsync()
    {
        _before = [];
        return _browser.RememberAsync(Before, null);
    }

    /// <summary>The list at an address; null where there is none to be shown in a way of one's own. Asked by much of a page, so an address is looked at once.</summary>
    private string? Named(string address)
    {
        if (!ReferenceEquals(address, _named.Address))
            _named = (address, ListPlace.Read(address.Length == 0 ? "today" : Uri.UnescapeDataString(address)));
        return _named.Place;
    }

    private static IReadOnlyList<ListView> ReadCopy(string? text)
    {
        try
        {
            return text is null ? [] : JsonSerializer.Deserialize(text, ContractsJson.Default.ListViews)?.Items ?? [];
        }
        catch (JsonException)
        {
            return []; // another version's, perhaps; the answer is on its way
        }
    }

    private static ListView? ReadLine(string line) =>
        line.Split('|') is [var address, var group, var sort, var completed] && Enum.TryParse<Grouping>(group, out var by) && Enum.TryParse<Sorting>(sort, out var order)
            && ListPlace.Read(address.Length == 0 ? "today" : Uri.UnescapeDataString(address)) is { } place
            ? new ViewChoice(by, order, completed == "done").On(place)
            : null;
}

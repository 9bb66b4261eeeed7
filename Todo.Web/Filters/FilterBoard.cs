using System.Text.Json.Nodes;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Live;

namespace Todo.Web.Filters;

/// <summary>The person's saved filters: few, so they are read whole, and read again when somebody changed them.</summary>
public sealed class FilterBoard
{
    private readonly Api _api;
    private readonly TimeProvider _time;
    private readonly SmallList<FilterView> _list;
    private List<FilterView> _filters = [];

    public FilterBoard(Api api, Outgoing outgoing, Toasts toasts, TimeProvider time)
    {
        (_api, _time) = (api, time);
        _list = new(outgoing, toasts, ReadAsync, Show);
    }

    public event Action? Changed;

    public IEnumerable<FilterView> All => _filters.OrderBy(filter => filter.Order, StringComparer.Ordinal);

    public bool Loaded { get; private set; }

    public FilterView? Find(Guid filterId) => _filters.Find(filter => filter.FilterId == filterId);

    public Task LoadAsync() => _list.LoadAsync();

    /// <summary>Saves a filter; its id is ours, so that its page can be opened at once.</summary>
    public Guid Add(string name, string query, string? colour)
    {
        var filter = new FilterView(Guid.CreateVersion7(), name.Trim(), query.Trim(), colour, false, OrderKey.Last(_time.GetUtcNow()));
        var body = Body(filter);
        body["filterId"] = filter.FilterId;
        _ = SendAsync(filters => [.. filters.Where(other => other.FilterId != filter.FilterId), filter], HttpMethod.Post, "filters", body);
        return filter.FilterId;
    }

    public Task SaveAsync(FilterView filter) => SendAsync(
        filters => filters.ConvertAll(other => other.FilterId == filter.FilterId ? filter : other), HttpMethod.Patch, $"filters/{filter.FilterId}", Body(filter));

    public Task DeleteAsync(FilterView filter) =>
        SendAsync(filters => filters.FindAll(other => other.FilterId != filter.FilterId), HttpMethod.Delete, $"filters/{filter.FilterId}", null);

    public void Clear() => _list.Clear();

    private static JsonObject Body(FilterView filter) =>
        new() { ["name"] = filter.Name, ["query"] = filter.Query, ["colour"] = filter.Colour, ["favourite"] = filter.Favourite };

    private async Task<IEnumerable<FilterView>?> ReadAsync()
    {
        var filters = (await _api.GetAsync<FilterList>("filters")).Value?.Items;
        Loaded |= filters is not null;
        return filters;
    }

    private Task<bool> SendAsync(Func<List<FilterView>, List<FilterView>> edit, HttpMethod method, string path, JsonObject? body)
    {
        var command = Guid.NewGuid().ToString();
        return _list.EditAsync(edit, () => _api.SendAsync(method, path, body?.ToJsonString(), command));
    }

    private void Show(List<FilterView> filters)
    {
        _filters = filters;
        Changed?.Invoke();
    }
}

internal static class FilterServices
{
    public static IServiceCollection AddFilters(this IServiceCollection services) => services.AddSingleton<FilterBoard>().AddSingleton<FilterMatch>();
}

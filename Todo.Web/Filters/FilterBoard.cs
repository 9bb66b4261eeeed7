using System.Text.Json.Nodes;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Http;
using Todo.Web.Layout;

namespace Todo.Web.Filters;

/// <summary>The person's saved filters: few, so they are read whole, and read again when somebody changed them.</summary>
public sealed class FilterBoard(Api api, Toasts toasts, TimeProvider time)
{
    private List<FilterView> _filters = [];

    public event Action? Changed;

    public IEnumerable<FilterView> All => _filters.OrderBy(filter => filter.Order, StringComparer.Ordinal);

    public bool Loaded { get; private set; }

    public FilterView? Find(Guid filterId) => _filters.Find(filter => filter.FilterId == filterId);

    public async Task LoadAsync()
    {
        if ((await api.GetAsync<FilterList>("filters")).Value is not { } list)
            return;
        Loaded = true;
        Show([.. list.Items]);
    }

    /// <summary>Saves a filter; its id is ours, so that its page can be opened at once.</summary>
    public Guid Add(string name, string query, string? colour)
    {
        var filter = new FilterView(Guid.CreateVersion7(), name.Trim(), query.Trim(), colour, false, OrderKey.Last(time.GetUtcNow()));
        var body = Body(filter);
        body["filterId"] = filter.FilterId;
        _ = SendAsync([.. _filters, filter], HttpMethod.Post, "filters", body);
        return filter.FilterId;
    }

    public Task SaveAsync(FilterView filter) => SendAsync(
        _filters.ConvertAll(other => other.FilterId == filter.FilterId ? filter : other), HttpMethod.Patch, $"filters/{filter.FilterId}", Body(filter));

    public Task DeleteAsync(FilterView filter) =>
        SendAsync([.. _filters.Where(other => other.FilterId != filter.FilterId)], HttpMethod.Delete, $"filters/{filter.FilterId}", null);

    public void Clear() => Show([]);

    private static JsonObject Body(FilterView filter) =>
        new() { ["name"] = filter.Name, ["query"] = filter.Query, ["colour"] = filter.Colour, ["favourite"] = filter.Favourite };

    // Shown at once; refused, the list is as it was.
    private async Task SendAsync(List<FilterView> after, HttpMethod method, string path, JsonObject? body)
    {
        var before = _filters;
        Show(after);
        if (await api.SendAsync(method, path, body?.ToJsonString(), Guid.NewGuid().ToString()) is not { } problem)
            return;
        Show(before);
        toasts.Error($"Could not save. {problem.Message}", () => SendAsync(after, method, path, body));
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

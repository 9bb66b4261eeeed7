using System.Text.Json.Nodes;
using Todo.Contracts.Lists;
using Todo.Web.Http;
using Todo.Web.Layout;

namespace Todo.Web.Labels;

/// <summary>What the person decided about labels: colours and favourites. Which labels there are, the tasks themselves say.</summary>
public sealed class LabelBoard(Api api, Toasts toasts)
{
    private Dictionary<string, LabelView> _labels = new(StringComparer.OrdinalIgnoreCase);

    public event Action? Changed;

    /// <summary>Counts the changes, so that a row knows whether its labels still look as it drew them.</summary>
    public int Revision { get; private set; }

    public IEnumerable<LabelView> All => _labels.Values.OrderBy(label => label.Name, StringComparer.OrdinalIgnoreCase);

    public LabelView? Find(string name) => _labels.GetValueOrDefault(name);

    public async Task LoadAsync()
    {
        if ((await api.GetAsync<LabelList>("labels")).Value is { } list)
            Show(list.Items);
    }

    /// <summary>Makes one that no task carries yet; one that is there stays as it is.</summary>
    public Task AddAsync(string name)
    {
        name = name.Trim().TrimStart('@');
        return name.Length == 0 || Find(name) is not null ? Task.CompletedTask : PaintAsync(name, null);
    }

    public Task PaintAsync(string name, string? colour) => PatchAsync(Known(name) with { Colour = colour }, name, new() { ["colour"] = colour });

    public Task FavourAsync(string name) => PatchAsync(Known(name) with { Favourite = !Known(name).Favourite }, name, new() { ["favourite"] = !Known(name).Favourite });

    /// <summary>Renames it on every task; the tasks come back over the live feed.</summary>
    public Task<bool> RenameAsync(string name, string wanted) => PatchAsync(Known(name) with { Name = wanted.Trim() }, name, new() { ["name"] = wanted.Trim() });

    /// <summary>Takes it off every task.</summary>
    public async Task<bool> DeleteAsync(string name) =>
        await SendAsync([.. _labels.Values.Where(label => !Same(label.Name, name))], HttpMethod.Delete, name, null);

    public void Clear() => Show([]);

    private LabelView Known(string name) => Find(name) ?? new(name, null, false, 0);

    private Task<bool> PatchAsync(LabelView changed, string name, JsonObject patch) =>
        SendAsync([.. _labels.Values.Where(label => !Same(label.Name, name)), changed], HttpMethod.Patch, name, patch);

    // Shown at once; refused, they are as they were.
    private async Task<bool> SendAsync(IReadOnlyList<LabelView> after, HttpMethod method, string name, JsonObject? body)
    {
        var before = _labels.Values.ToList();
        Show(after);
        if (await api.SendAsync(method, $"labels/{Uri.EscapeDataString(name)}", body?.ToJsonString(), Guid.NewGuid().ToString()) is not { } problem)
            return true;
        Show(before);
        toasts.Error($"Could not save. {problem.Message}", () => SendAsync(after, method, name, body));
        return false;
    }

    private void Show(IEnumerable<LabelView> labels)
    {
        // The server tells Home from home; here they share a colour, the first that has one.
        _labels = labels.OrderBy(label => label.Colour is null).DistinctBy(label => label.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(label => label.Name, StringComparer.OrdinalIgnoreCase);
        Revision++;
        Changed?.Invoke();
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}

internal static class LabelServices
{
    public static IServiceCollection AddLabels(this IServiceCollection services) => services.AddSingleton<LabelBoard>();
}

using System.Text.Json.Nodes;
using Todo.Contracts.Lists;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Live;

namespace Todo.Web.Labels;

/// <summary>What the person decided about labels: colours and favourites. Which labels there are, the tasks themselves say.</summary>
public sealed class LabelBoard
{
    private readonly Api _api;
    private readonly SmallList<LabelView> _list;
    private Dictionary<string, LabelView> _labels = new(StringComparer.OrdinalIgnoreCase);

    public LabelBoard(Api api, Outgoing outgoing, Toasts toasts)
    {
        _api = api;
        _list = new(outgoing, toasts, async () => (await api.GetAsync<LabelList>("labels")).Value?.Items, Show);
    }

    public event Action? Changed;

    /// <summary>Counts the changes, so that a row knows whether its labels still look as it drew them.</summary>
    public int Revision { get; private set; }

    public IEnumerable<LabelView> All => _labels.Values.OrderBy(label => label.Name, StringComparer.OrdinalIgnoreCase);

    public LabelView? Find(string name) => _labels.GetValueOrDefault(name);

    public Task LoadAsync() => _list.LoadAsync();

    /// <summary>Makes one that no task carries yet; one that is there stays as it is.</summary>
    public Task AddAsync(string name)
    {
        name = name.Trim().TrimStart('@');
        return name.Length == 0 || Find(name) is not null ? Task.CompletedTask : PaintAsync(name, null);
    }

    public Task PaintAsync(string name, string? colour) => PatchAsync(label => label with { Colour = colour }, name, new() { ["colour"] = colour });

    public Task FavourAsync(string name)
    {
        var favourite = Find(name) is not { Favourite: true };
        return PatchAsync(label => label with { Favourite = favourite }, name, new() { ["favourite"] = favourite });
    }

    /// <summary>Renames it on every task; the tasks come back over the live feed.</summary>
    public Task<bool> RenameAsync(string name, string wanted) => PatchAsync(label => label with { Name = wanted.Trim() }, name, new() { ["name"] = wanted.Trim() });

    /// <summary>Takes it off every task.</summary>
    public Task<bool> DeleteAsync(string name) => SendAsync(labels => labels.FindAll(label => !Same(label.Name, name)), HttpMethod.Delete, name, null);

    public void Clear() => _list.Clear();

    private Task<bool> PatchAsync(Func<LabelView, LabelView> change, string name, JsonObject patch) => SendAsync(
        labels => [.. labels.Where(label => !Same(label.Name, name)), change(labels.Find(label => Same(label.Name, name)) ?? new(name, null, false, 0))],
        HttpMethod.Patch, name, patch);

    private Task<bool> SendAsync(Func<List<LabelView>, List<LabelView>> edit, HttpMethod method, string name, JsonObject? body)
    {
        var command = Guid.NewGuid().ToString();
        return _list.EditAsync(edit, () => _api.SendAsync(method, $"labels/{Uri.EscapeDataString(name)}", body?.ToJsonString(), command));
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

using System.Text.Json;

namespace Todo.AppHost.Dapr;

/// <summary>Dapr's secretstores.local.file: a JSON file, read once, its nested names joined by a separator.</summary>
internal sealed class LocalFileSecrets
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _secrets;

    private LocalFileSecrets(Dictionary<string, IReadOnlyDictionary<string, string>> secrets) => _secrets = secrets;

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All => _secrets;

    public static LocalFileSecrets Read(ComponentFile component, string workingFolder)
    {
        var path = Setting("secretsFile") ?? throw component.Wrong("has no secretsFile");
        var separator = Setting("nestedSeparator") ?? ":";
        var multiValued = Setting("multiValued") is "true" or "True" or "1";

        var file = Path.Combine(workingFolder, path);
        if (!File.Exists(file))
            throw component.Wrong($"reads {file}, which does not exist");

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            return new LocalFileSecrets(multiValued ? Grouped(json.RootElement, separator) : Single(json.RootElement, separator));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw component.Wrong($"reads {file}, which is not a JSON object: {e.Message}");
        }

        string? Setting(string name) => component.Metadata.TryGetValue(name, out var value) ? value.Text : null;
    }

    public IReadOnlyDictionary<string, string>? Find(string name) => _secrets.GetValueOrDefault(name);

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Single(JsonElement root, string separator) =>
        Flatten(root, "", separator).ToDictionary(
            pair => pair.Key,
            pair => (IReadOnlyDictionary<string, string>)new Dictionary<string, string> { [pair.Key] = pair.Value });

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Grouped(JsonElement root, string separator) =>
        root.EnumerateObject().ToDictionary(
            secret => secret.Name,
            secret => (IReadOnlyDictionary<string, string>)(secret.Value.ValueKind == JsonValueKind.Object
                ? Flatten(secret.Value, "", separator).ToDictionary(pair => pair.Key, pair => pair.Value)
                : new Dictionary<string, string> { [secret.Name] = Text(secret.Value) }));

    private static IEnumerable<KeyValuePair<string, string>> Flatten(JsonElement element, string path, string separator) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(child => Flatten(child.Value, Join(path, child.Name, separator), separator)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((child, index) => Flatten(child, Join(path, $"{index}", separator), separator)),
        _ when path.Length == 0 => throw new InvalidOperationException("the top level must be an object"),
        _ => [new(path, Text(element))],
    };

    private static string Join(string path, string name, string separator) => path.Length == 0 ? name : path + separator + name;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}

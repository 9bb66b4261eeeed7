namespace Todo.AppHost.Dapr;

/// <summary>The components of one folder, brought to life: secret stores first, because the others keep their passwords there.</summary>
internal sealed class Components : IAsyncDisposable
{
    private readonly Dictionary<string, LocalFileSecrets> _secrets = [];
    private readonly Dictionary<string, PostgresStates> _states = [];

    private Components(IReadOnlyList<ComponentFile> files) => Files = files;

    public IReadOnlyList<ComponentFile> Files { get; }

    public IReadOnlyDictionary<string, LocalFileSecrets> Secrets => _secrets;

    public IReadOnlyDictionary<string, PostgresStates> States => _states;

    /// <summary>Loads a folder of component files; relative paths in them start at the working folder, as with daprd.</summary>
    public static async Task<Components> LoadAsync(string folder, string workingFolder, CancellationToken ct)
    {
        var components = new Components(ComponentFile.ReadFolder(folder));
        foreach (var file in components.Files.Where(file => file.Type == "secretstores.local.file"))
            components._secrets.Add(file.Name, LocalFileSecrets.Read(file, workingFolder));

        foreach (var file in components.Files)
        {
            switch (file.Type, file.Version)
            {
                case ("secretstores.local.file", _):
                    break;
                case ("state.postgresql", "v2"):
                    components._states.Add(file.Name, await components.OpenStatesAsync(file, ct));
                    break;
                // Listed in the metadata, and served by daprd: our own programs write to Kafka through the outbox.
                case ("pubsub.kafka", _):
                    break;
                default:
                    throw file.Wrong(
                        $"version {file.Version} is not served by the local sidecar, which knows secretstores.local.file, state.postgresql v2 and pubsub.kafka; install daprd to use it");
            }
        }

        return components;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _states.Values)
            await store.DisposeAsync();
    }

    private async Task<PostgresStates> OpenStatesAsync(ComponentFile file, CancellationToken ct)
    {
        var connection = Value(file, "connectionString") ?? Value(file, "url")
            ?? throw file.Wrong("has no connectionString");

        var cleanup = Value(file, "cleanupInterval") switch
        {
            null or "" => TimeSpan.FromHours(1),
            "0" or "-1" => (TimeSpan?)null,
            var text => GoDuration.Parse(text) ?? throw file.Wrong($"has a cleanupInterval that is no duration: {text}"),
        };

        try
        {
            return await PostgresStates.OpenAsync(
                LibpqConnectionString.ToNpgsql(connection),
                Value(file, "tablePrefix") ?? "",
                Value(file, "metadataTableName") ?? "dapr_metadata",
                Value(file, "keyPrefix") ?? "appid",
                cleanup,
                ct);
        }
        catch (FormatException e)
        {
            throw file.Wrong($"has a connectionString that is neither a DSN nor a URL: {e.Message}");
        }
    }

    private string? Value(ComponentFile file, string name)
    {
        if (!file.Metadata.TryGetValue(name, out var value))
            return null;
        if (value.EnvironmentVariable is { } variable)
            return Environment.GetEnvironmentVariable(variable) ?? throw file.Wrong($"wants {name} from the environment variable {variable}, which is not set");
        if (value.SecretName is not { } secret)
            return value.Text;
        if (file.SecretStore is not { } store || !_secrets.TryGetValue(store, out var secrets))
            throw file.Wrong($"keeps {name} in secret store '{file.SecretStore}', which no component file describes");

        return secrets.Find(secret) is { } found && found.TryGetValue(value.SecretKey ?? secret, out var text)
            ? text
            : throw file.Wrong($"keeps {name} in secret {secret}, which {store} does not hold");
    }
}

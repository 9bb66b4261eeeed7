using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Todo.AppHost.Dapr;

/// <summary>One Dapr component as its file describes it; values that point at secrets are not followed yet.</summary>
internal sealed record ComponentFile(
    string File,
    string Name,
    string Type,
    string Version,
    string? SecretStore,
    IReadOnlyDictionary<string, ComponentValue> Metadata)
{
    /// <summary>All components of a folder, in file order. A file may hold several, parted by <c>---</c>.</summary>
    public static IReadOnlyList<ComponentFile> ReadFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)
            .SelectMany(Read)];

    public HostException Wrong(string problem) => new($"{File}: component {Name} ({Type}) {problem}.");

    private static IEnumerable<ComponentFile> Read(string file)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(file);
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            throw new HostException($"{file} is not YAML: line {e.Start.Line}, {e.Message}", e);
        }

        return stream.Documents
            .Select(document => document.RootNode)
            .OfType<YamlMappingNode>()
            .Where(root => Text(root, "kind") == "Component")
            .Select(root => Describe(file, root));
    }

    private static ComponentFile Describe(string file, YamlMappingNode root)
    {
        var spec = Child(root, "spec") as YamlMappingNode;
        var name = Text(Child(root, "metadata"), "name");
        var type = Text(spec, "type");
        if (name is null || type is null)
            throw new HostException($"{file}: a component needs metadata.name and spec.type.");

        var values = (Child(spec, "metadata") as YamlSequenceNode ?? []).OfType<YamlMappingNode>();
        return new ComponentFile(
            file,
            name,
            type,
            Text(spec, "version") ?? "v1",
            Text(Child(root, "auth"), "secretStore"),
            values.Where(value => Text(value, "name") is not null).ToDictionary(
                value => Text(value, "name")!,
                value => new ComponentValue(
                    Text(value, "value"),
                    Text(value, "envRef"),
                    Text(Child(value, "secretKeyRef"), "name"),
                    Text(Child(value, "secretKeyRef"), "key")),
                StringComparer.OrdinalIgnoreCase));
    }

    private static YamlNode? Child(YamlNode? node, string name) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;

    private static string? Text(YamlNode? node, string name) => (Child(node, name) as YamlScalarNode)?.Value;
}

/// <summary>A setting of a component: written out, taken from the environment, or kept in a secret store.</summary>
internal sealed record ComponentValue(string? Text, string? EnvironmentVariable, string? SecretName, string? SecretKey);

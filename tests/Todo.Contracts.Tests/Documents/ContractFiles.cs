using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Todo.Contracts.Tests.Documents;

/// <summary>Every file under docs/contracts that follows from the code, and where the folder is.</summary>
internal static class ContractFiles
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by people; pasted into no page unescaped
    };

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs", "contracts"));

    public static string Json(JsonNode node) => node.ToJsonString(Indented);

    /// <summary>By path within the folder.</summary>
    public static SortedDictionary<string, string> Generate()
    {
        var document = AsyncApi.Document();
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["asyncapi.json"] = Json(document) + "\n",
            ["asyncapi.yaml"] = Yaml.Of(document),
            ["index.html"] = Page.Of(File.ReadAllText(Path.Combine(Folder, "README.md")).ReplaceLineEndings("\n")),
        };
        foreach (var message in Message.All)
            files[$"schemas/{message.Id}.json"] = Json(SchemaWriter.Of(message)) + "\n";
        return files;
    }

    /// <summary>Those that are there now.</summary>
    public static IEnumerable<string> Present() =>
        from file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Folder, file).Replace('\\', '/')
        where path is "asyncapi.json" or "asyncapi.yaml" or "index.html" || path.StartsWith("schemas/", StringComparison.Ordinal)
        select path;

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

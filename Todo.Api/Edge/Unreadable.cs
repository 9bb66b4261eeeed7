using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Todo.Contracts;

namespace Todo.Api.Edge;

/// <summary>Says of a request that could not be read which field or parameter it was, and what would have been right there.</summary>
internal static partial class Unreadable
{
    private const string Other = "Not in the form the API page gives.";

    private static readonly Dictionary<string, string> Forms = new(StringComparer.Ordinal)
    {
        ["int"] = "A whole number.",
        ["Int32"] = "A whole number.",
        ["long"] = "A whole number.",
        ["Int64"] = "A whole number.",
        ["bool"] = "true or false.",
        ["Boolean"] = "true or false.",
        ["String"] = "Text.",
        ["Guid"] = "An id such as 0a8e2f52-7c1e-4b7e-8f0e-3f5b0e1d2c3b.",
        ["DateOnly"] = "A day such as 2026-12-01.",
        ["TimeOnly"] = "A time such as 09:00:00.",
        ["DateTimeOffset"] = "A moment such as 2026-12-01T08:00:00Z.",
    };

    /// <summary>The field of a body, <c>$</c> for the whole of it.</summary>
    public static (string Field, string Why) Body(JsonException json)
    {
        var field = json.Path is { Length: > 2 and <= 102 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "$";
        if (json.InnerException is JsonException)
            return ("$", $"Not JSON from line {json.LineNumber + 1}, character {json.BytePositionInLine + 1} on.");
        if (Missing().Match(json.Message) is { Success: true } missing)
            return (field, $"Needs {missing.Groups[1].Value.Replace("'", "", StringComparison.Ordinal)}.");
        if (json.Message.Contains("null values", StringComparison.Ordinal))
            return (field, "Must not be null.");
        return (field, Unconverted().Match(json.Message) is { Success: true } unconverted ? Form(WithinOf(unconverted.Groups[1].Value, field)) : Other);
    }

    /// <summary>The serializer names the type of the field or that of the object that has it.</summary>
    private static string WithinOf(string type, string field) =>
        typeof(ContractsJson).Assembly.GetType(type) is { IsEnum: false } whole
        && ContractsJson.Default.GetTypeInfo(whole)?.Properties.FirstOrDefault(property => property.Name == field[(field.LastIndexOf('.') + 1)..]) is { PropertyType: var own }
            ? (System.Nullable.GetUnderlyingType(own) ?? own).FullName!
            : type;

    /// <summary>The parameter of a path or query, where the framework names one.</summary>
    public static (string Field, string Why)? Parameter(BadHttpRequestException bad)
    {
        if (Unbound().Match(bad.Message) is not { Success: true } unbound)
            return null;
        var name = JsonNamingPolicy.CamelCase.ConvertName(unbound.Groups[2].Value);
        return bad.Message.Contains("from body", StringComparison.Ordinal) ? ("$", "A body is needed.") : (name, Form(unbound.Groups[1].Value));
    }

    private static string Form(string type)
    {
        var inner = Nullable().Match(type) is { Success: true } nullable ? nullable.Groups[1].Value : type;
        if ((typeof(ContractsJson).Assembly.GetType(inner) ?? Type.GetType(inner)) is { IsEnum: true } words)
            return $"One of {string.Join(", ", words.GetFields(BindingFlags.Public | BindingFlags.Static).Select(word => word.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? word.Name))}.";
        return Forms.GetValueOrDefault(inner[(inner.LastIndexOf('.') + 1)..], Other);
    }

    [GeneratedRegex(@"could not be converted to (.+?)\. Path")]
    private static partial Regex Unconverted();

    [GeneratedRegex(@"missing required properties including: (.+?)\.")]
    private static partial Regex Missing();

    [GeneratedRegex("parameter \"(\\S+) (\\w+)\"")]
    private static partial Regex Unbound();

    [GeneratedRegex(@"^(?:System\.)?Nullable(?:`1)?[<\[](.+?)[>\]]$")]
    private static partial Regex Nullable();
}

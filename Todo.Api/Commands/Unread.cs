using System.Text.Json;
using System.Text.Json.Serialization;
using Todo.Contracts;
using Todo.Contracts.Commands;

namespace Todo.Api.Commands;

/// <summary>A command whose data is JSON and no more is known yet, so that wrong fields are refused with their names instead of being put aside.</summary>
[JsonConverter(typeof(UnreadConverterFactory))]
internal sealed record Unread<T>(JsonElement Data)
    where T : class, ITaskCommand
{
    /// <summary>The task as the data names it, well or badly; what the record's key must be.</summary>
    public string? TaskId => Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty("taskId", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    /// <summary>The command, or what is wrong with it.</summary>
    public (T? Command, Problems Problems) Read()
    {
        try
        {
            return Data.Deserialize<T>(ContractsJson.Default.Options) is { } command ? (command, []) : (null, Wrong("$"));
        }
        catch (JsonException wrong)
        {
            return (null, Wrong(wrong.Path is { Length: > 2 and < 100 } path ? path[2..] : "$"));
        }
    }

    private static Problems Wrong(string field) => new Problems().Require(false, field, "Not in the form the schema gives.");
}

internal sealed class UnreadConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Unread<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(UnreadConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
}

internal sealed class UnreadConverter<T> : JsonConverter<Unread<T>>
    where T : class, ITaskCommand
{
    public override Unread<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, Unread<T> value, JsonSerializerOptions options) => value.Data.WriteTo(writer);
}

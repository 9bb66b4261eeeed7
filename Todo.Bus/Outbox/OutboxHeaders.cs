using System.Text;
using System.Text.Json;
using Confluent.Kafka;

namespace Todo.Bus.Outbox;

/// <summary>Reads the headers of a stored row back into Kafka's own.</summary>
public static class OutboxHeaders
{
    /// <summary>The headers, in the order stored; a null value is an empty header.</summary>
    public static Headers Read(string json)
    {
        var headers = new Headers();
        using var document = JsonDocument.Parse(json);
        foreach (var header in document.RootElement.EnumerateObject())
            headers.Add(header.Name, header.Value.ValueKind == JsonValueKind.Null ? null : Encoding.UTF8.GetBytes(header.Value.GetString() ?? ""));
        return headers;
    }
}

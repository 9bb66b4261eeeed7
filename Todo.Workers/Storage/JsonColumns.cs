using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Todo.Workers.Storage;

/// <summary>A value kept as one jsonb column. Values are records: they are replaced, never changed in place.</summary>
internal static class JsonColumns
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property)
    {
        property.HasColumnType("jsonb").HasConversion(new JsonConverter<T>(), new JsonComparer<T>());
        return property;
    }

    private sealed class JsonConverter<T>() : ValueConverter<T, string>(
        value => JsonSerializer.Serialize(value, Json),
        text => JsonSerializer.Deserialize<T>(text, Json)!);

    private sealed class JsonComparer<T>() : ValueComparer<T>(
        (one, other) => JsonSerializer.Serialize(one, Json) == JsonSerializer.Serialize(other, Json),
        value => JsonSerializer.Serialize(value, Json).GetHashCode(StringComparison.Ordinal),
        value => value);
}

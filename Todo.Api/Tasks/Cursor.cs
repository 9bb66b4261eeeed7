using System.Buffers.Text;
using System.Text.Json;

namespace Todo.Api.Tasks;

/// <summary>Where a page ended: the sort key of its last row, opaque to clients.</summary>
internal static class Cursor
{
    private const int Longest = 1000;

    public static string Write(params string[] key) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key));

    /// <summary>The key again; null for none, and for what nobody here wrote.</summary>
    public static string[]? Read(string? cursor, int parts)
    {
        if (cursor is not { Length: > 0 and <= Longest } || !Base64Url.IsValid(cursor))
            return null;
        try
        {
            var key = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor));
            return key?.Length == parts && key.All(part => part is not null && !part.Contains('\0')) ? key : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

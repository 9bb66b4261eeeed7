using System.Text.Json.Serialization;

namespace Todo.Contracts;

/// <summary>A JSON merge patch: it remembers which of its fields were set, and only those count; null clears.</summary>
/// <remarks>The setters are ordinary ones so that reading JSON calls only those of the fields that were there.</remarks>
public abstract class Patch
{
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    /// <summary>The fields that were set, by their names in JSON.</summary>
    [JsonIgnore]
    public IReadOnlySet<string> Sent => _sent;

    /// <summary>True when the field of this JSON name was sent.</summary>
    public bool Has(string field) => _sent.Contains(field);

    /// <summary>Notes that a field was set.</summary>
    protected T Set<T>(T value, string name)
    {
        _sent.Add(name);
        return value;
    }
}

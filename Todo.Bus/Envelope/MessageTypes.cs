using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MassTransit;

namespace Todo.Bus.Envelope;

/// <summary>Which .NET type goes by which CloudEvents <c>type</c>, and how bodies are written as JSON. Unnamed types go by their MassTransit urn.</summary>
/// <remarks>Filled while the host is built, read from any thread afterwards.</remarks>
public sealed class MessageTypes
{
    private readonly ConcurrentDictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, string> _names = new();
    private readonly ConcurrentDictionary<Type, Func<object, string?>> _keys = new();
    private readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        MaxDepth = 32,
    };

    private readonly Lock _gate = new();

    /// <summary>How every message body is read and written. The first look closes the list of generated metadata.</summary>
    public JsonSerializerOptions Json
    {
        get
        {
            if (_json.IsReadOnly)
                return _json;
            lock (_gate)
            {
                if (!_json.IsReadOnly)
                {
                    _json.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
                    _json.MakeReadOnly();
                }
            }

            return _json;
        }
    }

    /// <summary>Adds names. Naming a type twice the same way does nothing; naming it otherwise throws.</summary>
    public void Add(IReadOnlyDictionary<Type, string> names, IJsonTypeInfoResolver? generated = null)
    {
        foreach (var (type, name) in names)
            Add(type, name);
        if (generated is not null && !_json.TypeInfoResolverChain.Contains(generated))
            _json.TypeInfoResolverChain.Insert(0, generated);
    }

    /// <summary>Says which key messages travel under; a record that comes under another is no message of ours.</summary>
    public void AddKeys(IReadOnlyDictionary<Type, Func<object, string?>> keys)
    {
        foreach (var (type, key) in keys)
            _keys[type] = key;
    }

    /// <summary>The key that a message must have come under; null where any will do.</summary>
    public string? KeyOf(object message) => _keys.TryGetValue(message.GetType(), out var key) ? key(message) : null;

    /// <summary>The name of a type on the wire.</summary>
    public string NameOf(Type type) => _names.TryGetValue(type, out var name) ? name : Add(type, MessageUrn.ForTypeString(type));

    /// <summary>The type that goes by a name, if anybody here knows it.</summary>
    public Type? Find(string name) => _types.GetValueOrDefault(name);

    private string Add(Type type, string name)
    {
        if (_names.GetOrAdd(type, name) != name)
            throw new ConfigurationException($"{type} is named {_names[type]} already and cannot be {name} as well.");
        if (_types.GetOrAdd(name, type) != type)
            throw new ConfigurationException($"{name} names {_types[name]} already and cannot name {type} as well.");
        return name;
    }
}

using System.Reflection;

namespace Todo.Contracts;

/// <summary>Every message of this assembly with its name on the wire.</summary>
[System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Read by servers, which are not trimmed.")]
[System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Read by servers, which are not trimmed.")]
public static class MessageCatalogue
{
    private static readonly IReadOnlyDictionary<Type, MessageAttribute> Messages = typeof(MessageCatalogue).Assembly
        .GetExportedTypes()
        .Select(type => (type, message: type.GetCustomAttribute<MessageAttribute>()))
        .Where(found => found.message is not null)
        .ToDictionary(found => found.type, found => found.message!);

    /// <summary>Message types and their CloudEvents types.</summary>
    public static IReadOnlyDictionary<Type, string> All { get; } = Messages.ToDictionary(message => message.Key, message => message.Value.Type);

    /// <summary>The key each message travels under: the field that its topic names, as text.</summary>
    public static IReadOnlyDictionary<Type, Func<object, string?>> Keys { get; } = Messages
        .Select(message => (message.Key, Field: Topics.Published.FirstOrDefault(topic => topic.Name == message.Value.Topic)?.Key))
        .Where(message => message.Field is not null)
        .ToDictionary(message => message.Key, message => KeyOf(message.Key, message.Field!));

    private static Func<object, string?> KeyOf(Type type, string field)
    {
        var property = type.GetProperty(char.ToUpperInvariant(field[0]) + field[1..])
            ?? throw new InvalidOperationException($"{type.Name} is on a topic keyed by {field}, and has no such field.");
        return message => property.GetValue(message) switch
        {
            Guid id => id.ToString("D"),
            var other => other?.ToString(),
        };
    }
}

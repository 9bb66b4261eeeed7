using System.Reflection;

namespace Todo.Contracts;

/// <summary>Every message of this assembly with its name on the wire.</summary>
[System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Read by servers, which are not trimmed.")]
public static class MessageCatalogue
{
    /// <summary>Message types and their CloudEvents types.</summary>
    public static IReadOnlyDictionary<Type, string> All { get; } = typeof(MessageCatalogue).Assembly
        .GetExportedTypes()
        .Select(type => (type, message: type.GetCustomAttribute<MessageAttribute>()))
        .Where(found => found.message is not null)
        .ToDictionary(found => found.type, found => found.message!.Type);
}

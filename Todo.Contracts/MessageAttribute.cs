namespace Todo.Contracts;

/// <summary>Names a message on the wire: its CloudEvents type, version included, and the topic it belongs to.</summary>
/// <remarks>A change that would break a reader (a field removed, retyped or made required) takes a new name ending in the next version.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MessageAttribute(string type, string topic) : Attribute
{
    /// <summary>The CloudEvents <c>type</c>, for example <c>todo.task.created.v1</c>.</summary>
    public string Type { get; } = type;

    /// <summary>The topic this message is written to.</summary>
    public string Topic { get; } = topic;

    /// <summary>True for what our own programs say to each other: described, so that readers of its topic know what to skip, and refused from anybody else.</summary>
    public bool Ours { get; init; }
}

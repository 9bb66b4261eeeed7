namespace Todo.Web.Keyboard;

/// <summary>A key, what it does in words, and what it does; given the task whose row has the focus.</summary>
public sealed record Shortcut(string Keys, string Group, string Words, Func<Guid?, Task> Act);

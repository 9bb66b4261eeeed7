namespace Todo.Api.Tasks;

/// <summary>Somebody asked for what the rules of a task do not allow; the sentence is for them. Becomes 409 at the edge.</summary>
internal sealed class RuleBreachException(string message) : Exception(message);

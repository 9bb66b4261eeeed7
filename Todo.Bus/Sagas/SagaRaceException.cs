namespace Todo.Bus.Sagas;

/// <summary>Another instance wrote the same saga first. The batch is handled again and finds its row.</summary>
public sealed class SagaRaceException(string message) : Exception(message);

using Npgsql;
using Todo.Bus.Kafka;

namespace Todo.Bus.Batching;

/// <summary>Handles messages together.</summary>
internal interface IBatchRunner
{
    /// <summary>Runs the messages. Returns those that failed and those held back behind them; every other one has had its effect, once.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached or is in trouble: nothing was decided, run them again later.</exception>
    Task<BatchResult> RunAsync(IReadOnlyList<ReadyMessage> messages, CancellationToken ct);
}

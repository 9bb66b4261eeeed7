using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Todo.Bus.Kafka;

namespace Todo.Benchmarks;

/// <summary>The bus's own sender, counting what the broker has stored.</summary>
internal sealed class CountingSender(string bootstrapServers) : IRecordSender, IDisposable
{
    private readonly RecordSender _sender = new(new ClientConfig { BootstrapServers = bootstrapServers }, NullLogger<RecordSender>.Instance);
    private int _stored;

    public int Stored => Volatile.Read(ref _stored);

    /// <summary>When the last record was stored, as a Stopwatch timestamp.</summary>
    public long LastAt { get; private set; }

    public void Send(string topic, int? partition, byte[]? key, byte[]? value, Headers headers, Action<Error?> done) =>
        _sender.Send(topic, partition, key, value, headers, error =>
        {
            if (error is null)
            {
                LastAt = Stopwatch.GetTimestamp();
                Interlocked.Increment(ref _stored);
            }

            done(error);
        });

    public void Flush(TimeSpan timeout) => _sender.Flush(timeout);

    public async Task WaitAsync(int stored)
    {
        var patience = Stopwatch.StartNew();
        while (Stored < stored)
        {
            if (patience.Elapsed > TimeSpan.FromSeconds(120))
                throw new TimeoutException($"{Stored} of {stored} records were stored.");
            await Task.Delay(2);
        }
    }

    public void Dispose() => _sender.Dispose();
}

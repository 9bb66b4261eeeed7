using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;
using Todo.Bus.Telemetry;

namespace Todo.Bus.Scheduling;

/// <summary>Releases due timers: takes them out of the table, waits until Kafka has them, and commits.</summary>
/// <remarks>
/// A timer taken is locked until the brokers have it, so a cancel that comes meanwhile waits, and then finds it gone: it came
/// too late, and the token in the saga tells it so. A cancel that has committed is never followed by its timer. The one
/// exception: when Kafka does not answer within <see cref="Patience"/>, the rows are unlocked while their records are still in
/// the client's queue; one that is cancelled then may arrive after all, and the saga, which no longer has its token, ignores it.
/// </remarks>
internal sealed class TimerRelease(
    NpgsqlDataSource source,
    IRecordSender sender,
    TimeProvider clock,
    ILogger<TimerRelease> logger) : ITimerRelease, IDisposable
{
    private const int PageRows = 4_000;
    private const int MostLate = 10_000;

    /// <summary>How long timers stay locked while Kafka does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly HeldTopics _held = new(clock);
    private readonly List<Shipment> _late = [];

    public async Task<TimerDrain> DrainAsync(CancellationToken ct)
    {
        var oldest = TimeSpan.Zero;
        var released = 0;
        var patience = Stopwatch.StartNew();
        while (true)
        {
            await using var session = await TimerSession.OpenAsync(source, ct);
            var drain = await ReleaseAsync(session, ct);
            released += drain.Released;
            oldest = drain.OldestOverdue > oldest ? drain.OldestOverdue : oldest;

            // What is due and was not taken is being released by somebody else at this moment: see it through, for a while.
            var left = await session.CountDueBeforeAsync(clock.GetUtcNow() - TimeSpan.FromSeconds(1), ct);
            if (left == 0 || patience.Elapsed > TimeSpan.FromSeconds(5))
                return new TimerDrain(released, oldest, left);
            await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
        }
    }

    /// <summary>Releases page after page until one is empty, and tells when the next timer is due.</summary>
    public async Task<(int Released, TimeSpan OldestOverdue, DateTimeOffset? Next)> ReleaseAsync(TimerSession session, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            _held.Refresh();
            await SettleLateAsync(session, ct);
            var (released, oldest) = (0, TimeSpan.Zero);
            while (true)
            {
                var (page, first, next) = await ReleasePageAsync(session, ct);
                released += page;
                var now = clock.GetUtcNow();
                if ((first ?? next) is { } earliest && now - earliest > oldest)
                    oldest = now - earliest;
                if (page == 0 || next is null || next > now)
                    return (released, oldest, next);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<(int Released, DateTimeOffset? First, DateTimeOffset? Next)> ReleasePageAsync(TimerSession session, CancellationToken ct)
    {
        var except = _late.SelectMany(shipment => shipment.Timers).Where(timer => timer.Answer is null).Select(timer => timer.Token).ToArray();
        if (except.Length > MostLate)
            return (0, null, null);

        await using var transaction = await session.BeginAsync(ct);
        var (due, next) = await session.TakeDueAsync(transaction, clock.GetUtcNow(), PageRows / Lanes.Count, _held.Names, except, ct);
        if (due.Count == 0)
            return (0, null, next);

        var shipment = new Shipment(due);
        shipment.Send(sender);
        var answered = await IsAnsweredAsync(shipment, ct);
        if (answered && due.TrueForAll(timer => timer.Answer == Answer.Stored))
        {
            await transaction.CommitAsync(CancellationToken.None);
            Count(due);
            return (due.Count, due[0].DueAt, next);
        }

        // Some are not there. All rows come back, and those that did arrive are removed one by one.
        await transaction.RollbackAsync(ct);
        _late.Add(shipment);
        if (!answered)
            logger.KafkaSilent(due.Count, Patience);
        await SettleLateAsync(session, ct);
        return (due.Count(timer => timer.Answer == Answer.Stored), due[0].DueAt, next);
    }

    private static async Task<bool> IsAnsweredAsync(Shipment shipment, CancellationToken ct)
    {
        try
        {
            await shipment.Answered.WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            // Kafka is away.
        }
        catch (OperationCanceledException)
        {
            // The process is stopping: a moment more, so that the next one does not send the same again.
            await Task.WhenAny(shipment.Answered, Task.Delay(TimeSpan.FromSeconds(3), CancellationToken.None));
        }

        return shipment.Answered.IsCompleted;
    }

    private async Task SettleLateAsync(TimerSession session, CancellationToken ct)
    {
        foreach (var shipment in _late.Where(shipment => shipment.Answered.IsCompleted).ToList())
        {
            var stored = shipment.Timers.Where(timer => timer.Answer == Answer.Stored).ToList();
            var refused = shipment.Timers.Where(timer => timer.Answer!.IsRefusal).ToList();
            await session.SettleAsync(stored, refused, ct);
            _late.Remove(shipment);
            Count(stored);
            foreach (var timer in refused)
                logger.TimerRefused(timer.Token, timer.Topic, timer.Answer!.Error!.Code, timer.Answer.Error.Reason);
            foreach (var timer in shipment.Timers.Except(stored).Except(refused))
            {
                if (_held.Hold(timer.Topic))
                    logger.TopicHeld(timer.Topic, timer.Answer!.Error!.Code, timer.Answer.Error.Reason);
            }
        }
    }

    private void Count(List<DueTimer> released)
    {
        BusMetrics.Released.Add(released.Count);
        if (!BusMetrics.Late.Enabled)
            return;
        var now = clock.GetUtcNow();
        foreach (var timer in released)
            BusMetrics.Late.Record(Math.Max(0, (now - timer.DueAt).TotalSeconds));
    }
}

using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Todo.Bus.Kafka;
using Todo.Bus.Telemetry;

namespace Todo.Bus.Outbox;

/// <summary>Brings committed records to Kafka: each at least once, those of one topic and key in the order they were written.</summary>
/// <remarks>
/// Every process runs one. A lane has one owner at a time; whoever owns a lane sends all of its rows, its own process's or not.
/// Records are handed to Kafka without waiting for each; a row is deleted once the brokers have it. A record that Kafka
/// refuses for good is set aside, visible in <c>ops.outbox</c>, and its key stops there while the others go on. (Where
/// only the broker could tell, records of that key already on their way with it still arrive.)
/// </remarks>
internal sealed class OutboxRelay(
    NpgsqlDataSource source,
    IRecordSender sender,
    OutboxSignal signal,
    TimeProvider clock,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    private const int AllLanes = (1 << Lanes.Count) - 1;

    /// <summary>New rows read at once; twice as many may be in flight.</summary>
    private const int PageRows = 4_000;
    private const long MostBytes = 32 * 1024 * 1024;

    /// <summary>How soon rows of a process that has no relay any more are found.</summary>
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(75);

    /// <summary>How long answers may wait to be written down, and a lane with another owner to be asked for again.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly InFlight _inFlight = new(sender, signal);
    private readonly HeldTopics _held = new(clock);
    private readonly List<long> _behind = [];
    private int _wanted = AllLanes;
    private int _misses;
    private long _read;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromMilliseconds(100);
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                await using var session = await OutboxSession.OpenAsync(source, stoppingToken);
                _wanted = AllLanes;
                await RelayAsync(session, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever it was, records must go on leaving. Those in flight are remembered and not sent again from here.
                if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(10))
                    pause = TimeSpan.FromMilliseconds(100);
                logger.RelayInterrupted(failure, pause);
                await Task.Delay(pause, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
                pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 5_000));
            }
        }
    }

    private async Task RelayAsync(OutboxSession session, CancellationToken ct)
    {
        var probed = Stopwatch.GetTimestamp();
        var probeCost = TimeSpan.Zero;
        while (!ct.IsCancellationRequested)
        {
            var untilProbe = Longer(ProbeEvery, probeCost * 3) - Stopwatch.GetElapsedTime(probed);
            if (untilProbe <= TimeSpan.Zero)
            {
                probed = Stopwatch.GetTimestamp();
                _held.Refresh();
                _wanted |= await session.ProbeAsync(_held.Names, ct);
                probeCost = Stopwatch.GetElapsedTime(probed);
                untilProbe = ProbeEvery;
            }

            var wait = await TurnAsync(session, ct);
            if (wait != TimeSpan.Zero)
                _wanted |= await NewsAsync(wait < untilProbe ? wait : untilProbe, ct);
        }

        await SettleAsync(session);
    }

    private async Task<int> NewsAsync(TimeSpan wait, CancellationToken ct)
    {
        try
        {
            return await signal.WaitAsync(wait, ct);
        }
        catch (OperationCanceledException)
        {
            return 0; // the loop ends by itself, and settles first
        }
    }

    /// <summary>One turn: write down what was answered, read what is wanted, send it. Returns how long the next may wait.</summary>
    private async Task<TimeSpan> TurnAsync(OutboxSession session, CancellationToken ct)
    {
        _inFlight.BeginTurn();
        if (!_inFlight.Settlement.IsEmpty)
            _wanted |= _inFlight.Blocked; // what they wait for may be among the answers
        var wanted = HasRoom() ? _wanted : 0;
        var release = LanesAtRest(session.Owned) & ~_wanted;
        if (wanted == 0 && release == 0 && _inFlight.Settlement.IsEmpty)
            return session.Owned == 0 && _inFlight.Count == 0 ? ProbeEvery : Tick;

        _inFlight.Reread(wanted);
        var reads = LaneReads.Of(wanted, PageRows, _inFlight);
        var take = wanted & ~session.Owned;
        await session.TurnAsync(release, _inFlight.Settlement, take, reads, _held.Names, (row, stopped) => Pass(row, stopped, reads), ct);
        WrittenDown();
        if (_behind.Count > 0)
            await SetBehindAsync(session, ct);
        if (wanted == 0)
            return Tick;

        var full = reads.FullLanes();
        var missed = take & ~session.Owned;
        _wanted = full | missed;
        _read = clock.GetTimestamp();
        _misses = missed == 0 ? 0 : Math.Min(_misses + 1, 3);
        return full != 0 && HasRoom() ? TimeSpan.Zero
            : _inFlight.Count > 0 || missed == 0 ? Tick
            : Tick * (1 << _misses);
    }

    /// <summary>Reading again pays once most of what was sent is answered, since rows in flight are read again too. A part that hangs holds up the rest only briefly.</summary>
    private bool HasRoom() =>
        _inFlight.Bytes < MostBytes
        && (_inFlight.Unanswered <= PageRows / 4 || (_inFlight.Count < 2 * PageRows && clock.GetElapsedTime(_read) > ProbeEvery));

    private int LanesAtRest(int lanes)
    {
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            if (_inFlight.InLane(lane) > 0)
                lanes &= ~(1 << lane);
        }

        return lanes;
    }

    private void Pass(StoredRecord row, bool stopped, LaneReads reads)
    {
        if (_inFlight.Bytes >= MostBytes)
            reads.CutShort(row.Lane);
        else if (stopped)
            _behind.Add(row.Id);
        else
            _inFlight.Send(row);
        reads.Count(row.Lane);
    }

    private void WrittenDown()
    {
        var settlement = _inFlight.Settlement;
        BusMetrics.Relayed.Add(settlement.Sent.Count);
        foreach (var row in settlement.Sent)
            _held.Release(row.Topic);
        foreach (var (row, error) in settlement.Refused)
        {
            BusMetrics.Refused.Add(1);
            logger.RecordRefused(row.Id, row.Topic, row.KeyText, error.Code, error.Reason);
        }

        foreach (var (row, error) in settlement.Delayed)
        {
            if (_held.Hold(row.Topic))
                logger.TopicHeld(row.Topic, error.Code, error.Reason);
        }

        _inFlight.Forget();
    }

    private async Task SetBehindAsync(OutboxSession session, CancellationToken ct)
    {
        await session.SetBehindAsync([.. _behind], ct);
        _behind.Clear();
    }

    /// <summary>At the end: waits a moment for the answers, so that the next process does not send the same again.</summary>
    private async Task SettleAsync(OutboxSession session)
    {
        var patience = Stopwatch.StartNew();
        while (_inFlight.Count > 0 && patience.Elapsed < TimeSpan.FromSeconds(5))
        {
            await Task.Delay(Tick, CancellationToken.None);
            _inFlight.BeginTurn();
            await session.TurnAsync(0, _inFlight.Settlement, 0, default, [], (_, _) => { }, CancellationToken.None);
            WrittenDown();
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Todo.Bus.Scheduling;

/// <summary>Wakes when the next timer is due and releases it, in milliseconds. Every process runs one; any of them releases any timer.</summary>
internal sealed class TimerReleaser(
    NpgsqlDataSource source,
    TimerRelease release,
    TimerSignal signal,
    TimeProvider clock,
    ILogger<TimerReleaser> logger) : BackgroundService
{
    /// <summary>How soon timers of a process that ended are found.</summary>
    private static readonly TimeSpan SafetyPoll = TimeSpan.FromSeconds(1);

    /// <summary>Timers due one after the other are released together, so many milliseconds of them.</summary>
    private static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(5);

    /// <summary>When what is due is in other hands.</summary>
    private static readonly TimeSpan Blocked = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromMilliseconds(100);
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                await using var session = await TimerSession.OpenAsync(source, stoppingToken);
                await RunAsync(session, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever it was, time goes on, and so must the timers.
                if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(10))
                    pause = TimeSpan.FromMilliseconds(100);
                logger.ReleaserInterrupted(failure, pause);
                await Task.Delay(pause, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
                pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 5_000));
            }
        }
    }

    private async Task RunAsync(TimerSession session, CancellationToken ct)
    {
        // The alarm runs on the injected clock, so that a test which moves it is heard at once.
        await using var alarm = clock.CreateTimer(_ => signal.Nudge(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (!ct.IsCancellationRequested)
        {
            var (released, _, next) = await release.ReleaseAsync(session, ct);
            await Task.Delay(released == 0 && next <= clock.GetUtcNow() ? Blocked : Floor, ct);
            await UntilAsync(next, alarm, ct);
        }
    }

    /// <summary>Waits for the next due time, for an earlier one that a commit announces, or for the safety poll.</summary>
    private async Task UntilAsync(DateTimeOffset? next, ITimer alarm, CancellationToken ct)
    {
        var poll = Stopwatch.StartNew();
        while (poll.Elapsed < SafetyPoll)
        {
            var left = next - clock.GetUtcNow();
            if (left <= TimeSpan.Zero)
                return;
            alarm.Change(left is { } wait && wait < TimeSpan.FromDays(1) ? wait : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            var heard = await signal.WaitAsync(SafetyPoll - poll.Elapsed > TimeSpan.Zero ? SafetyPoll - poll.Elapsed : TimeSpan.Zero, ct);
            if (heard is { } earlier && !(earlier > next))
                next = earlier;
        }
    }
}

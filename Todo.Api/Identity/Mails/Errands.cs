using System.Diagnostics.Metrics;
using System.Threading.Channels;
using System.Threading.RateLimiting;
using MailKit.Net.Smtp;

namespace Todo.Api.Identity.Mails;

/// <summary>
/// Runs errands behind the answers: whoever asks gets the same answer after the same work, whatever the address has here. What
/// waits is bounded and in memory; a crash forgets it, and asking again is the cure.
/// </summary>
/// <remarks>Errands of one address run one after the other, in the order they came: the last sign-up decides.</remarks>
internal sealed class Errands(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<Errands> log) : BackgroundService
{
    public const string MeterName = "Todo.Api.Accounts";

    private const int MostWaiting = 1000;
    private const int Lanes = 8;

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1)];
    private static readonly TimeSpan ToFinish = TimeSpan.FromSeconds(5);

    private static readonly Counter<long> Mails = new Meter(MeterName).CreateCounter<long>("todo.accounts.mails", "{mail}", "Mails about accounts, by what became of them.");

    private readonly Channel<Errand>[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => Channel.CreateBounded<Errand>(MostWaiting / Lanes))];

    /// <summary>Nobody's mailbox is to be flooded through us: an address gets so many mails of a kind in an hour, whoever asks.</summary>
    private readonly PartitionedRateLimiter<string> _perAddress = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetSlidingWindowLimiter(
        address, _ => new SlidingWindowRateLimiterOptions { PermitLimit = configuration.GetValue("Limits:AccountMailsPerHour", 6), Window = TimeSpan.FromHours(1), SegmentsPerWindow = 6 }));

    /// <summary>False when so much is waiting already that this would wait too long.</summary>
    public bool TryAdd(Errand errand) =>
        _lanes[(uint)string.GetHashCode(errand.Email, StringComparison.OrdinalIgnoreCase) % Lanes].Writer.TryWrite(errand);

    public override void Dispose()
    {
        _perAddress.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What was promised is still tried once when we are told to stop.
        using var end = new CancellationTokenSource();
        using var stopping = stoppingToken.Register(() =>
        {
            foreach (var lane in _lanes)
                lane.Writer.TryComplete();
            end.CancelAfter(ToFinish);
        });
        await Task.WhenAll(_lanes.Select(lane => RunAsync(lane.Reader, stoppingToken, end.Token)));
    }

    private async Task RunAsync(ChannelReader<Errand> lane, CancellationToken stoppingToken, CancellationToken ct)
    {
        await foreach (var errand in lane.ReadAllAsync(CancellationToken.None))
            await DoAsync(errand, stoppingToken, ct);
    }

    private async Task DoAsync(Errand errand, CancellationToken stoppingToken, CancellationToken ct)
    {
        using var lease = _perAddress.AttemptAcquire($"{errand.GetType().Name} {errand.Email.ToUpperInvariant()}");
        if (!lease.IsAcquired)
        {
            Count("too-many");
            return;
        }

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                Count(await scope.ServiceProvider.GetRequiredService<ErrandRunner>().RunAsync(errand, ct) is null ? "none" : "sent");
                return;
            }
            catch (Exception e) when (attempt < Pauses.Length && !IsFinal(e) && !stoppingToken.IsCancellationRequested)
            {
                log.ErrandPutOff(Reason(e));
            }
            catch (Exception e)
            {
                Count("failed");
                log.ErrandFailed(attempt + 1, Reason(e));
                return;
            }

            await Task.Delay(Pauses[attempt], clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsFinal(Exception e) => e is NoMailServerException or SmtpCommandException { StatusCode: >= (SmtpStatusCode)500 };

    /// <summary>What went wrong, without the words of a mail server: those repeat addresses.</summary>
    private static string Reason(Exception e) => e switch
    {
        SmtpCommandException refused => $"the mail server said {(int)refused.StatusCode}",
        NoMailServerException none => none.Message,
        _ => e.GetBaseException().GetType().Name,
    };

    private static void Count(string outcome) => Mails.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}

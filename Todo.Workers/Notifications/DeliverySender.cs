using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Notifications;
using Todo.Workers.Calendar;
using Todo.Workers.Storage;

namespace Todo.Workers.Notifications;

/// <summary>Sends what is due: claims rows for a while, sends what one user has waiting on one channel as one message, and tries again later what failed.</summary>
/// <remarks>A crash between a mail server's yes and our commit sends a mail twice; its Message-Id stays the same. Everything else happens once.</remarks>
internal sealed class DeliverySender(
    IServiceScopeFactory scopes, IEnumerable<IChannel> channels, TimeProvider clock, ILogger<DeliverySender> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Pauses between attempts; after the last one a delivery has failed for good.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <summary>Sends what is due now. Returns how many deliveries were looked at.</summary>
    public async Task<int> SendDueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WorkersDbContext>();
        var claimed = await ClaimAsync(db, ct);
        foreach (var group in claimed.GroupBy(delivery => (delivery.UserId, delivery.Channel)))
        {
            if (group.Key.Channel == Channels.InApp)
                await FoldAsync(scope.ServiceProvider, db, [.. group], ct);
            else
                await SendAsync(db, group.Key.Channel, [.. group], ct);
        }

        return claimed.Count;
    }

    private async Task<List<Delivery>> ClaimAsync(WorkersDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Everything that one user has waiting on a channel is claimed together, so that it becomes one message.
        var due = await db.Deliveries.FromSql($"""
            select * from notify.deliveries
            where next_attempt_at <= {now}
            order by next_attempt_at, delivery_id
            limit 200
            for update skip locked
            """).ToListAsync(ct);
        foreach (var delivery in due.Where(delivery => delivery.State != DeliveryState.Missed))
            (delivery.State, delivery.Attempts) = (DeliveryState.Sending, delivery.Attempts + 1);
        foreach (var delivery in due)
            delivery.NextAttemptAt = now + Lease;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return due;
    }

    private async Task SendAsync(WorkersDbContext db, string channel, Delivery[] deliveries, CancellationToken ct)
    {
        var recipient = await db.Recipients.AsNoTracking().SingleOrDefaultAsync(one => one.UserId == deliveries[0].UserId, ct);
        try
        {
            if (recipient is not null && recipient.Preferences.QuietUntil(clock.GetUtcNow()) is { } end && !deliveries.Any(one => one.Urgent))
            {
                foreach (var delivery in deliveries)
                    (delivery.State, delivery.NextAttemptAt, delivery.Attempts) = (DeliveryState.Held, end, delivery.Attempts - 1);
            }
            else
            {
                await channels.Single(one => one.Name == channel)
                    .SendAsync(recipient ?? throw new InvalidOperationException("Nobody has said yet where this user is reached."), deliveries, ct);
                foreach (var delivery in deliveries)
                    delivery.Done(clock.GetUtcNow());
            }
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            foreach (var delivery in deliveries)
                PutOff(delivery, failure);
        }

        await db.SaveChangesAsync(ct);
    }

    private void PutOff(Delivery delivery, Exception failure)
    {
        var message = failure.Message.Length > 1000 ? failure.Message[..1000] : failure.Message;
        var isFinal = failure.GetBaseException() is UndeliverableException || delivery.Attempts > Pauses.Length;
        delivery.LastError = message;
        (delivery.State, delivery.NextAttemptAt) = isFinal
            ? (DeliveryState.Failed, (DateTimeOffset?)null)
            : (DeliveryState.Waiting, clock.GetUtcNow() + Pauses[delivery.Attempts - 1]);
        if (isFinal)
            log.DeliveryFailed(delivery.DeliveryId, delivery.Channel, delivery.Attempts, message);
        else
            log.DeliveryPutOff(delivery.DeliveryId, delivery.Channel, delivery.Attempts, message);
    }

    // What a downtime made too old rings once, as a number.
    private async Task FoldAsync(IServiceProvider services, WorkersDbContext db, Delivery[] missed, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var summary = new Delivery
        {
            DeliveryId = NamedId.Of(missed[0].DeliveryId, "missed"),
            NotificationId = NamedId.Of(missed[0].DeliveryId, "missed"),
            UserId = missed[0].UserId,
            Channel = Channels.InApp,
            Kind = "reminders-missed",
            Title = missed.Length == 1 ? $"You missed a reminder: {missed[0].Title}" : $"You missed {missed.Length} reminders",
            ExpectedAt = missed.Min(delivery => delivery.ExpectedAt),
            CreatedAt = now,
        };
        summary.Done(now);
        foreach (var delivery in missed)
            (delivery.State, delivery.NextAttemptAt, delivery.SummaryId) = (DeliveryState.Folded, null, summary.DeliveryId);
        db.Deliveries.Add(summary);
        await services.GetRequiredService<ITopicProducer<Guid, NotificationDelivered>>()
            .Produce(summary.UserId, summary.ToNotification(now), ct);
        await db.SaveChangesAsync(ct);
    }
}

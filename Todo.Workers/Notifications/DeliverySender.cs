using System.Collections.Concurrent;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Notifications;
using Todo.Workers.Calendar;
using Todo.Workers.Storage;

namespace Todo.Workers.Notifications;

/// <summary>Sends what is due: claims rows for a while, sends what one user has waiting on one channel as one message, and tries again later what failed.</summary>
/// <remarks>
/// A crash between a mail server's yes and our commit sends a mail twice; its Message-Id stays the same. Everything else happens
/// once. Users do not wait for one another, nor mails for webhooks: each message has one of its channel's places while it is under
/// way, and what finds no place stays where it is.
/// </remarks>
internal sealed class DeliverySender(
    IServiceScopeFactory scopes, IEnumerable<IChannel> channels, TimeProvider clock, ILogger<DeliverySender> log)
{
    private const int PlacesAChannel = 16;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestGathering = TimeSpan.FromMinutes(1);

    /// <summary>Pauses between attempts; after the last one a delivery has failed for good.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    private readonly ConcurrentDictionary<Guid, (string Channel, Task Work)> _underWay = new();

    /// <summary>Starts what is due now and waits for none of it. Returns how many deliveries were taken up.</summary>
    public async Task<int> StartDueAsync(CancellationToken ct)
    {
        var taken = 0;
        foreach (var channel in Channels.All)
        {
            var places = PlacesAChannel - _underWay.Values.Count(one => one.Channel == channel);
            var claimed = places > 0 ? await ClaimAsync(channel, places, ct) : [];
            foreach (var message in claimed.GroupBy(delivery => delivery.UserId))
                Start(channel, [.. message], ct);
            taken += claimed.Count;
        }

        return taken;
    }

    /// <summary>Waits a moment, or less when a place becomes free.</summary>
    public async Task PauseAsync(TimeSpan pause, CancellationToken ct) =>
        await Task.WhenAny([Task.Delay(pause, clock, ct), .. _underWay.Values.Select(one => one.Work)]);

    /// <summary>Waits for what is under way.</summary>
    public Task FinishAsync() => Task.WhenAll(_underWay.Values.Select(one => one.Work));

    private void Start(string channel, Delivery[] message, CancellationToken ct)
    {
        var place = message[0].DeliveryId;
        var work = new Task<Task>(() => HandleAsync(channel, message, ct));
        _underWay[place] = (channel, work.Unwrap().ContinueWith(_ => _underWay.TryRemove(place, out var _), TaskScheduler.Default));
        work.Start(TaskScheduler.Default);
    }

    // Everything that one user has waiting on a channel is claimed together, and by one claim at a time, so that it becomes one message.
    private async Task<List<Delivery>> ClaimAsync(string channel, int messages, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WorkersDbContext>();
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('notify.deliveries'))", ct);
        // What a downtime made too old waits for more of its kind, as long as some comes every few seconds, but not for ever.
        var due = await db.Deliveries.FromSql($"""
            select d.* from notify.deliveries d
            join (select user_id from notify.deliveries
                  where channel = {channel} and next_attempt_at <= {now + LongestGathering} and (next_attempt_at <= {now} or state = 'Missed')
                  group by user_id
                  having bool_and(next_attempt_at <= {now}) or min(next_attempt_at) <= {now - LongestGathering}
                  order by min(next_attempt_at) limit {messages}) due on due.user_id = d.user_id
            where d.channel = {channel} and d.next_attempt_at <= {now + LongestGathering} and (d.next_attempt_at <= {now} or d.state = 'Missed')
            order by d.next_attempt_at, d.delivery_id
            limit 10000
            for update of d skip locked
            """).ToListAsync(ct);
        foreach (var delivery in due)
            (delivery.State, delivery.Attempts, delivery.NextAttemptAt) = (DeliveryState.Sending, delivery.Attempts + 1, now + Lease);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return due;
    }

    private async Task HandleAsync(string channel, Delivery[] deliveries, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<WorkersDbContext>();
            var notifications = scope.ServiceProvider.GetRequiredService<ITopicProducer<Guid, NotificationDelivered>>();
            db.AttachRange(deliveries.AsEnumerable());
            var userId = deliveries[0].UserId;
            var recipient = await db.Recipients.AsNoTracking().SingleOrDefaultAsync(one => one.UserId == userId, ct);
            if (channel == Channels.InApp)
                await FoldAsync(db, notifications, recipient, deliveries, ct);
            else
                await SendAsync(db, notifications, recipient, deliveries, ct);
            await db.SaveChangesAsync(ct);
        }
        catch (Exception trouble)
        {
            if (!ct.IsCancellationRequested)
                log.DeliveriesLeft(deliveries.Length, channel, trouble); // their lease runs out, and they are tried again
        }
    }

    private async Task SendAsync(
        WorkersDbContext db, ITopicProducer<Guid, NotificationDelivered> notifications, Recipient? recipient, Delivery[] deliveries, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var quietUntil = recipient?.Preferences.QuietUntil(now);
        foreach (var unwanted in deliveries.Where(one => !recipient.Wants(one.Channel, one.Kind)))
            (unwanted.State, unwanted.NextAttemptAt) = (DeliveryState.Withdrawn, null);
        foreach (var held in deliveries.Where(one => one.State == DeliveryState.Sending && quietUntil is not null && !one.Urgent))
            (held.State, held.NextAttemptAt, held.Attempts) = (DeliveryState.Held, quietUntil, held.Attempts - 1);

        var going = Array.FindAll(deliveries, one => one.State == DeliveryState.Sending);
        if (going.Length == 0)
            return;
        try
        {
            await channels.Single(one => one.Name == going[0].Channel)
                .SendAsync(recipient ?? throw new InvalidOperationException("Nobody has said yet where this user is reached."), going, ct);
            foreach (var delivery in going)
                delivery.Done(clock.GetUtcNow());
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            foreach (var delivery in going)
                PutOff(delivery, failure);
            await TellAsync(db, notifications, recipient, Array.Find(going, one => one.State == DeliveryState.Failed), ct);
        }
    }

    private void PutOff(Delivery delivery, Exception failure)
    {
        var message = failure.Message.Length > 1000 ? failure.Message[..1000] : failure.Message;
        // Whoever asked for a test wants to know now.
        var isFinal = failure.GetBaseException() is UndeliverableException || delivery.Attempts > Pauses.Length || delivery.Kind == NotificationKinds.Test;
        delivery.LastError = message;
        (delivery.State, delivery.NextAttemptAt) = isFinal
            ? (DeliveryState.Failed, (DateTimeOffset?)null)
            : (DeliveryState.Waiting, clock.GetUtcNow() + Pauses[delivery.Attempts - 1]);
        if (isFinal)
            log.DeliveryFailed(delivery.DeliveryId, delivery.Channel, delivery.Attempts, message);
        else
            log.DeliveryPutOff(delivery.DeliveryId, delivery.Channel, delivery.Attempts, message);
    }

    // What was given up is said where it can be seen: in the app.
    private async Task TellAsync(
        WorkersDbContext db, ITopicProducer<Guid, NotificationDelivered> notifications, Recipient? recipient, Delivery? failed, CancellationToken ct)
    {
        if (failed is null)
            return;
        var now = clock.GetUtcNow();
        var notice = Delivery.OfFailure(failed, WallClock.DateOf(now, WallClock.Zone(recipient?.Preferences.Zone)), now);
        if (await db.Deliveries.AnyAsync(known => known.DeliveryId == notice.DeliveryId, ct))
            return;
        notice.Done(now);
        db.Deliveries.Add(notice);
        await notifications.Produce(notice.UserId, notice.ToNotification(now), ct);
    }

    // What a downtime made too old rings once, as a number.
    private async Task FoldAsync(
        WorkersDbContext db, ITopicProducer<Guid, NotificationDelivered> notifications, Recipient? recipient, Delivery[] missed, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var summary in Channels.Of(recipient, NotificationKinds.Missed).Select(channel => Delivery.OfMissed(missed, channel, now)))
        {
            db.Deliveries.Add(summary);
            if (summary.Channel != Channels.InApp)
                continue;
            summary.Done(now);
            await notifications.Produce(summary.UserId, summary.ToNotification(now), ct);
            foreach (var delivery in missed)
                (delivery.State, delivery.NextAttemptAt, delivery.SummaryId) = (DeliveryState.Folded, null, summary.DeliveryId);
        }
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Todo.Contracts.Notifications;
using Todo.Contracts.Tasks;
using Todo.Workers.Calendar;
using Todo.Workers.Storage;

namespace Todo.Workers.Notifications;

/// <summary>Writes one message a day to those who want it: what is overdue and what is due today.</summary>
internal sealed class Digests(WorkersDbContext db, TimeProvider clock)
{
    private const int LinesAtMost = 50;

    public async Task<int> WriteDueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var written = 0;
        await foreach (var recipient in db.Recipients.FromSql($"""
            select * from notify.recipients
            where preferences ->> 'digestAt' is not null
              and (digested_on is null or digested_on < {DateOnly.FromDateTime(now.UtcDateTime).AddDays(2)})
            """).AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
        {
            var zone = WallClock.Zone(recipient.Preferences.Zone);
            var today = WallClock.DateOf(now, zone);
            if (recipient.DigestedOn >= today || WallClock.At(today, recipient.Preferences.DigestAt!.Value, zone) > now)
                continue;

            written += await WriteAsync(recipient, today, now, ct) ? 1 : 0;
        }

        return written;
    }

    // The id names user and day, and the day is claimed by one update: two replicas at once write one mail.
    private async Task<bool> WriteAsync(Recipient recipient, DateOnly today, DateTimeOffset now, CancellationToken ct)
    {
        await using var own = new WorkersDbContext(db.GetService<DbContextOptions<WorkersDbContext>>());
        await using var transaction = await own.Database.BeginTransactionAsync(ct);
        var claimed = await own.Recipients
            .Where(one => one.UserId == recipient.UserId && (one.DigestedOn == null || one.DigestedOn < today))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.DigestedOn, today), ct);
        var tasks = claimed == 0 ? [] : await DueAsync(own, recipient.UserId, today, ct);
        if (tasks.Count > 0)
        {
            var (subject, lines) = (Subject(tasks, today), Lines(tasks, today));
            own.Deliveries.AddRange(Channels.Of(recipient, NotificationKinds.Digest)
                .Select(channel => Delivery.OfDigest(recipient.UserId, channel, today, subject, lines, now)));
            await own.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return tasks.Count > 0;
    }

    private static async Task<List<TaskView>> DueAsync(WorkersDbContext db, Guid userId, DateOnly today, CancellationToken ct)
    {
        var day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var rows = await db.WitnessedTasks.FromSql($"""
            select * from audit.tasks
            where owner_id = {userId} and task ->> 'state' = 'open' and task ->> 'deletedAt' is null and task -> 'due' ->> 'date' <= {day}
            order by task -> 'due' ->> 'date', task -> 'due' ->> 'time' nulls first
            limit 1000
            """).AsNoTracking().ToListAsync(ct);
        return rows.ConvertAll(row => row.Task!);
    }

    private static string Subject(List<TaskView> tasks, DateOnly today)
    {
        var overdue = tasks.Count(task => task.Due!.Date < today);
        return overdue == 0 ? $"Today: {tasks.Count} due" : $"Today: {tasks.Count - overdue} due, {overdue} overdue";
    }

    private static string Lines(List<TaskView> tasks, DateOnly today)
    {
        var lines = tasks.Take(LinesAtMost).Select(task => task.Due!.Date < today
            ? string.Create(CultureInfo.InvariantCulture, $"{task.Title} (was due {task.Due.Date:d MMMM})")
            : task.Due.Time is { } time ? string.Create(CultureInfo.InvariantCulture, $"{task.Title} ({time:HH:mm})") : task.Title);
        return string.Join('\n', tasks.Count > LinesAtMost ? lines.Append($"and {tasks.Count - LinesAtMost} more") : lines);
    }
}

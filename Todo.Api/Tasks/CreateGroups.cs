using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Todo.Api.Live;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Bus.Outbox;
using Todo.Contracts.Live;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>A task somebody wants, as far as it is decided before its owner's lock is taken.</summary>
internal sealed record WantedTask(Guid TaskId, Guid OwnerId, CreateTaskRequest Request, Whereabouts Where, string? CommandId, bool IsFresh)
{
    /// <summary>The request's trace, so that what is written belongs to it.</summary>
    public Activity? Trace { get; } = Activity.Current;

    public bool IsPlaced => Request.ProjectId is not null || Request.SectionId is not null || Request.ParentId is not null;
}

/// <summary>
/// Writes tasks that are created at the same time in one transaction: what a commit costs is shared by those who wait for it.
/// Nobody waits for company: whoever finds no group under way begins one, those who come meanwhile are the next.
/// </summary>
/// <remarks>
/// A group never waits for a lock. Whose owner is being written to elsewhere, whose id is known already, and everybody in a
/// group that fails is told to write alone, by the way that all other commands take; that way has the last word.
/// </remarks>
internal sealed class CreateGroups(IServiceScopeFactory scopes, OutboxSignal relay, TimeProvider clock, ILogger<CreateGroups> logger)
{
    private const int Largest = 64;

    private readonly ConcurrentQueue<Member> _waiting = new();
    private int _count;
    private (RowInsert<TaskItem> Task, RowInsert<ChangeRow> Change)? _inserts;

    /// <summary>What became of it; null where it is to be written alone.</summary>
    public Task<CommandOutcome?> CreateAsync(WantedTask wanted)
    {
        var member = new Member(wanted);
        _waiting.Enqueue(member);
        if (Interlocked.Increment(ref _count) == 1)
            ThreadPool.UnsafeQueueUserWorkItem(_ => _ = RunAsync(), null);
        return member.Done.Task;
    }

    /// <summary>Group after group, until nobody waits. One at a time: two at once would be half as large, and pay for twice the commits.</summary>
    private async Task RunAsync()
    {
        int left;
        do
        {
            var group = new List<Member>();
            while (group.Count < Largest && _waiting.TryDequeue(out var member))
                group.Add(member);
            try
            {
                await WriteAsync(group);
            }
            catch (Exception failure)
            {
                logger.GroupFailed(failure, group.Count);
            }

            foreach (var member in group)
                member.Done.TrySetResult(null); // those that have no answer yet
            left = Interlocked.Add(ref _count, -group.Count);
        }
        while (left > 0);
    }

    private async Task WriteAsync(List<Member> group)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TodoDbContext>();
        var rows = new List<OutboxRow>(2 * group.Count);
        scope.ServiceProvider.GetRequiredService<IOutboxCapture>().DivertTo(rows);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var (numbers, known) = await OwnerLock.TryTakeAsync(
            db, [.. group.Select(member => member.Wanted.OwnerId).Distinct()], [.. group.Where(member => !member.Wanted.IsFresh).Select(member => member.Wanted.TaskId)], CancellationToken.None);
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction());
        var (insertTask, insertChange) = _inserts ??= (RowInsert<TaskItem>.By(db.Model), RowInsert<ChangeRow>.By(db.Model));
        var now = clock.Now();
        var used = new Dictionary<Guid, long>();
        var written = new List<(Member Member, CommandOutcome Outcome)>(group.Count);

        foreach (var member in group)
        {
            var wanted = member.Wanted;
            if (!numbers.TryGetValue(wanted.OwnerId, out var number) || !wanted.IsFresh && !known.Add(wanted.TaskId))
                continue;
            if (await PrepareAsync(db, wanted, now) is not ({ } task, { } created))
                continue;

            Activity.Current = wanted.Trace;
            var change = new TaskChanged(wanted.OwnerId, number, wanted.TaskId, created.Task, wanted.CommandId, now);
            batch.BatchCommands.Add(insertTask.Of(task));
            batch.BatchCommands.Add(insertChange.Of(ChangeRow.Of(change)));
            await scope.ServiceProvider.ProduceAsync(created, CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<ITopicProducer<Guid, TaskChanged>>().Produce(wanted.OwnerId, change);
            used[wanted.OwnerId] = number;
            numbers[wanted.OwnerId] = number + 1;
            written.Add((member, new CommandOutcome(StatusCodes.Status201Created, created.Task)));
        }

        if (written.Count == 0)
            return;
        Activity.Current = null;
        batch.BatchCommands.Add(OwnerLock.Keep(used));
        batch.BatchCommands.Add(OutboxTable.Insert(rows));
        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        relay.Wake(rows);
        foreach (var (member, outcome) in written)
            member.Done.SetResult(outcome);
    }

    /// <summary>The task and its fact; null where something is wrong with it, which is said by the other way.</summary>
    private static async Task<(TaskItem, TaskCreated)?> PrepareAsync(TodoDbContext db, WantedTask wanted, DateTimeOffset now)
    {
        var request = wanted.Request;
        if (wanted.IsPlaced && await Placement.CheckAsync(db, wanted.OwnerId, wanted.TaskId, request.ProjectId, request.SectionId, request.ParentId, CancellationToken.None) is { Count: > 0 })
            return null;
        try
        {
            return TaskItem.Create(wanted.TaskId, wanted.OwnerId, request, wanted.Where, now);
        }
        catch (RuleBreachException)
        {
            return null;
        }
    }

    private sealed record Member(WantedTask Wanted)
    {
        public TaskCompletionSource<CommandOutcome?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

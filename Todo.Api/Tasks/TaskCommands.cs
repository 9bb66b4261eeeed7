using Todo.Api.Identity;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Bulk;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>Does what a command says to one task and what hangs on it; single requests, bulk and messages all pass here.</summary>
internal sealed class TaskCommands(
    TaskWriter writer, CreateGroups groups, TodoDbContext db, OneLiveOccurrence live, CurrentUser user, WhereaboutsOfUser whereabouts, TimeProvider clock)
{
    /// <summary>One command in a transaction of its own; creates that come at the same time share theirs.</summary>
    /// <param name="command">What to do.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <param name="fresh">For a create: the id was made just now, so nobody can have it and nobody is asked.</param>
    public async Task<CommandOutcome> RunAsync(BulkCommand command, CancellationToken ct, bool fresh = false)
    {
        if (command.Verb == BulkVerb.Create && Check(command.Task) is { Count: 0 } && await CreateTogetherAsync(command, fresh, ct) is { } created)
            return created;

        await writer.BeginAsync(user.Id, ct);
        var outcome = await DoAsync(command, ct);
        await writer.CommitAsync(ct, undoable: command.Verb != BulkVerb.Create);
        return outcome;
    }

    /// <summary>One command in the transaction that is open.</summary>
    public async Task<CommandOutcome> DoAsync(BulkCommand command, CancellationToken ct)
    {
        try
        {
            return command.Verb == BulkVerb.Create ? await CreateAsync(command, ct) : await ChangeAsync(command, ct);
        }
        catch (RuleBreachException breach)
        {
            return CommandOutcome.Refused(StatusCodes.Status409Conflict, breach.Message);
        }
    }

    private async Task<CommandOutcome?> CreateTogetherAsync(BulkCommand command, bool fresh, CancellationToken ct)
    {
        var where = await whereabouts.FindAsync(ct, command.Task!.Zone);
        return await groups.CreateAsync(new WantedTask(command.TaskId, user.Id, command.Task, where, user.CommandId, fresh));
    }

    private async Task<CommandOutcome> CreateAsync(BulkCommand command, CancellationToken ct)
    {
        if (Check(command.Task) is { Count: > 0 } problems)
            return CommandOutcome.Invalid(problems);
        var request = command.Task!;
        if (await db.Tasks.FindAsync([command.TaskId], ct) is { } known)
        {
            return known.OwnerId == user.Id
                ? new CommandOutcome(StatusCodes.Status201Created, known.ToView())
                : CommandOutcome.Refused(StatusCodes.Status409Conflict, "This id is taken; make a new one.");
        }

        if (await Placement.CheckAsync(db, user.Id, command.TaskId, request.ProjectId, request.SectionId, request.ParentId, ct) is { Count: > 0 } misplaced)
            return CommandOutcome.Invalid(misplaced);

        var (task, created) = TaskItem.Create(command.TaskId, user.Id, request, await whereabouts.FindAsync(ct, request.Zone), clock.Now());
        writer.Add(task, created);
        return new CommandOutcome(StatusCodes.Status201Created, created.Task);
    }

    private async Task<CommandOutcome> ChangeAsync(BulkCommand command, CancellationToken ct)
    {
        if (command.Verb == BulkVerb.Update && Check(command.Patch) is { Count: > 0 } problems)
            return CommandOutcome.Invalid(problems);
        if (await FindAsync(command.TaskId, ct) is not { } task)
            return CommandOutcome.NotFound;
        if (command.IfVersion is { } version && version != task.Version)
            return new CommandOutcome(StatusCodes.Status412PreconditionFailed, task.ToView(), "The task has changed since; it stands as shown.");
        if (command is { Verb: BulkVerb.Update, Patch: { } patch } && await MisplacedAsync(task, patch, ct) is { Count: > 0 } misplaced)
            return CommandOutcome.Invalid(misplaced);

        var now = clock.Now();
        if (command.Verb == BulkVerb.Update)
            await UpdateAsync(task, command.Patch!, now, ct);
        else
            await ApplyAsync(command, task, now, ct);
        return new CommandOutcome(StatusCodes.Status200OK, task.ToView());
    }

    private async Task UpdateAsync(TaskItem task, UpdateTaskRequest patch, DateTimeOffset now, CancellationToken ct)
    {
        var where = await whereabouts.FindAsync(ct);
        if (task.Update(patch, user.Id, where, now) is not { } updated)
            return;
        writer.Tell(updated);
        if (!updated.Changed.Any(field => field is "projectId" or "sectionId"))
            return;
        foreach (var part in await Descendants.OfAsync(db, task, ct))
        {
            writer.Remember(part);
            if (part.GoAlong(task, user.Id, where, now) is { } follows)
                writer.Tell(follows);
        }
    }

    private async Task ApplyAsync(BulkCommand command, TaskItem task, DateTimeOffset now, CancellationToken ct)
    {
        if (ComesBack(command.Verb, task))
            await live.MakeRoomForAsync(task, user.Id, now, ct);
        if (command is { Verb: BulkVerb.Complete, Forever: true } && task.StopRepeating(user.Id, now) is { } stopped)
            writer.Tell(stopped);
        if (Apply(command, task, now) is not { } fact)
            return;
        writer.Tell(fact);
        await FollowAsync(command.Verb, task, now, ct);
    }

    /// <summary>A task of the user, among those this transaction has made or seen first.</summary>
    private async Task<TaskItem?> FindAsync(Guid taskId, CancellationToken ct) =>
        db.Tasks.Local.FindEntry(taskId)?.Entity is { } known ? known.OwnerId == user.Id ? known : null : await writer.FindAsync(taskId, ct);

    private static bool ComesBack(BulkVerb verb, TaskItem task) => verb switch
    {
        BulkVerb.Reopen => task is { State: not TaskState.Open, DeletedAt: null },
        BulkVerb.Restore => task is { State: TaskState.Open, DeletedAt: not null },
        _ => false,
    };

    private ITaskFact? Apply(BulkCommand command, TaskItem task, DateTimeOffset now) => command.Verb switch
    {
        BulkVerb.Complete => task.Complete(user.Id, now),
        BulkVerb.Reopen => task.Reopen(user.Id, now),
        BulkVerb.Archive => task.Archive(user.Id, now),
        BulkVerb.Skip => task.Skip(command.AllMissed, user.Id, now),
        BulkVerb.Pause => task.Pause(true, user.Id, now),
        BulkVerb.Resume => task.Pause(false, user.Id, now),
        BulkVerb.Delete => task.Delete(user.Id, now),
        BulkVerb.Restore => task.Restore(user.Id, now),
        _ => null,
    };

    /// <summary>Sub-tasks share their parent's fate: done, put away or thrown away with it, and brought back with it.</summary>
    private async Task FollowAsync(BulkVerb verb, TaskItem task, DateTimeOffset now, CancellationToken ct)
    {
        if (verb is BulkVerb.Reopen or BulkVerb.Pause or BulkVerb.Resume)
            return;
        var wentAt = (DateTimeOffset?)db.Entry(task).OriginalValues[nameof(TaskItem.DeletedAt)];
        foreach (var part in await Descendants.OfAsync(db, task, ct))
        {
            writer.Remember(part);
            if (Follow(verb, part, wentAt, now) is { } follows)
                writer.Tell(follows);
        }
    }

    private ITaskFact? Follow(BulkVerb verb, TaskItem part, DateTimeOffset? wentAt, DateTimeOffset now) => verb switch
    {
        BulkVerb.Delete => part.Delete(user.Id, now),
        BulkVerb.Restore => part.DeletedAt == wentAt ? part.Restore(user.Id, now) : null,
        BulkVerb.Complete => part is { DeletedAt: null, State: TaskState.Open } ? part.Complete(user.Id, now) : null,
        _ => part is { DeletedAt: null, State: TaskState.Open } ? part.Archive(user.Id, now) : null,
    };

    private async Task<Problems> MisplacedAsync(TaskItem task, UpdateTaskRequest patch, CancellationToken ct)
    {
        if (!patch.Has("projectId") && !patch.Has("sectionId") && !patch.Has("parentId"))
            return [];
        return await Placement.CheckAsync(db, user.Id, task.TaskId,
            patch.Has("projectId") ? patch.ProjectId : task.ProjectId,
            patch.Has("sectionId") ? patch.SectionId : patch.Has("projectId") ? null : task.SectionId,
            patch.Has("parentId") ? patch.ParentId : task.ParentId, ct);
    }

    private static Problems Check(CreateTaskRequest? task) => task?.Problems().RequireZones(task.Start, task.Due) ?? new Problems().Require(false, "task", "Must not be empty.");

    private static Problems Check(UpdateTaskRequest? patch) => patch?.Problems().RequireZones(patch.Start, patch.Due) ?? new Problems().Require(false, "patch", "Must not be empty.");
}

/// <summary>What became of a command, as HTTP would say it.</summary>
internal sealed record CommandOutcome(int Status, TaskView? Task = null, string? Detail = null, Problems? Errors = null)
{
    public static readonly CommandOutcome NotFound = new(StatusCodes.Status404NotFound, Detail: "There is no such task.");

    public static CommandOutcome Refused(int status, string detail) => new(status, Detail: detail);

    public static CommandOutcome Invalid(Problems problems) => new(StatusCodes.Status400BadRequest, Detail: "Some fields are wrong.", Errors: problems);
}

using Todo.Contracts.Tasks;
using Todo.Web.Account;
using Todo.Web.Dates;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Recurrence;

namespace Todo.Web.Tasks;

/// <summary>
/// What a person can do to tasks. Each shows at once, is sent in the order it was made, can be undone, and is taken back
/// with its text kept if the server refuses it.
/// </summary>
public sealed class TaskActions(
    TaskBoard board, TasksClient client, Outgoing outgoing, Session session, UserClock clock, Toasts toasts, UndoHistory undo, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private readonly Dictionary<Guid, Task> _tail = [];
    private readonly HashSet<Guid> _lingering = [];
    private Task _adding = Task.CompletedTask;

    /// <summary>Edits that the server refused, by task, kept until the person takes them up again or lets go.</summary>
    public Dictionary<Guid, RefusedEdit> Refused { get; } = [];

    /// <summary>True for a moment after completing, so that a slip of the finger can be taken back where it happened.</summary>
    public bool Lingers(Guid taskId) => _lingering.Contains(taskId);

    /// <summary>Adds a task, at a place in the person's order or at its end. On refusal the answer says why, and the caller still has the text.</summary>
    public Task<Problem?> AddAsync(CreateTaskRequest request, string? order = null)
    {
        request = request with { TaskId = request.TaskId ?? Guid.CreateVersion7() };
        undo.Push(new("Added", request.Title ?? "", () => DeleteAsync([request.TaskId.Value], quiet: true)));
        return SendNewAsync(request, order);
    }

    /// <summary>Makes the same task again below it, with its open parts; the answer is its id.</summary>
    public async Task<Guid?> DuplicateAsync(Guid taskId) => (await DuplicateAsync([taskId])).Cast<Guid?>().FirstOrDefault();

    /// <summary>Makes the same tasks again, each below itself and with its open parts; what is part of another of them is copied with that.</summary>
    public async Task<IReadOnlyList<Guid>> DuplicateAsync(IReadOnlyCollection<Guid> taskIds)
    {
        var along = taskIds.SelectMany(taskId => board.PartsOf(taskId)).Select(part => part.TaskId).ToHashSet();
        var tasks = taskIds.Where(taskId => !along.Contains(taskId)).Select(board.Find).OfType<TaskView>().ToList();
        if (tasks.Count == 0)
            return [];
        var copies = tasks.ConvertAll(task => (Of: TaskCopies.Of(task, board), Place: TaskCopies.PlaceBelow(task, board)));
        Guid[] ids = [.. copies.SelectMany(copy => copy.Of).Select(copy => copy.TaskId!.Value)];
        toasts.Undoable(
            tasks is [var one] ? $"“{Short(one.Title)}” duplicated" : $"{tasks.Count} tasks duplicated",
            undo.Push(new("Duplicated", Names(tasks), () => DeleteAsync(ids, quiet: true))));
        await Task.WhenAll(copies.SelectMany(copy => copy.Of.Select((request, n) => SendNewAsync(request, n == 0 ? copy.Place : null))));
        return [.. copies.Select(copy => copy.Of[0].TaskId!.Value)];
    }

    public Task EditAsync(Guid taskId, Func<TaskView, TaskView> change, string? said = null) => EditAsync([taskId], change, said);

    /// <summary>Changes fields of some tasks; one undo takes all of it back. Where a task goes to another project or section, its parts go with it.</summary>
    public async Task EditAsync(IReadOnlyCollection<Guid> taskIds, Func<TaskView, TaskView> change, string? said = null)
    {
        var edits = new List<(TaskView Before, TaskEdit Edit)>();
        foreach (var before in taskIds.Select(board.Find).OfType<TaskView>())
        {
            var edit = TaskEdit.Between(before, change(before));
            if (!edit.IsEmpty)
                edits.Add((before, edit));
        }

        if (edits.Count == 0)
            return;

        var apart = edits.Where(e => e.Edit.Moves)
            .SelectMany(e => board.PartsOf(e.Before.TaskId).Where(part => !SamePlace(part, e.Before) && !taskIds.Contains(part.TaskId))).ToList();
        var entry = undo.Push(new("Changed", Names(edits.Select(e => e.Before)), async () =>
        {
            foreach (var (before, edit) in edits)
                await BackAsync(before, now => edit.Back(before, now));
            foreach (var part in apart)
                await BackAsync(part, now => now with { ProjectId = part.ProjectId, SectionId = part.SectionId });
        }));
        if (said is not null)
            toasts.Undoable(said, entry);
        await Task.WhenAll(edits.Select(e => PatchAsync(e.Before.TaskId, e.Edit)));

        Task BackAsync(TaskView before, Func<TaskView, TaskView> back) =>
            board.Find(before.TaskId) is { } now ? PatchAsync(before.TaskId, TaskEdit.Between(now, back(now))) : Task.CompletedTask;

        static bool SamePlace(TaskView one, TaskView other) => (one.ProjectId, one.SectionId) == (other.ProjectId, other.SectionId);
    }

    public Task CompleteAsync(Guid taskId) => CompleteAsync([taskId]);

    public async Task CompleteAsync(IReadOnlyCollection<Guid> taskIds)
    {
        var tasks = taskIds.Select(board.Find).OfType<TaskView>().Where(task => task.State == TaskState.Open).ToList();
        if (tasks.Count == 0)
            return;

        foreach (var task in tasks)
            Linger(task.TaskId);
        var ids = tasks.ConvertAll(task => task.TaskId);
        var entry = undo.Push(new("Completed", Names(tasks), () => VerbAsync(ids, "reopen", Reopened)));
        toasts.Undoable(CompletedWords(tasks), entry);
        await VerbAsync(ids, "complete", task => task with { State = TaskState.Completed, CompletedAt = time.GetUtcNow() });
    }

    /// <summary>Completes a repeating task, and it does not come again.</summary>
    public async Task CompleteForeverAsync(Guid taskId)
    {
        if (board.Find(taskId) is not { State: TaskState.Open } task)
            return;
        Linger(taskId);
        toasts.Undoable($"“{Short(task.Title)}” completed for ever", undo.Push(new("Completed", task.Title, async () =>
        {
            await VerbAsync([taskId], "reopen", Reopened);
            if (board.Find(taskId) is { } now)
                await PatchAsync(taskId, TaskEdit.Between(now, now with { Recurrence = task.Recurrence }));
        })));
        await VerbAsync([taskId], "complete?forever=true", done => done with { State = TaskState.Completed, CompletedAt = time.GetUtcNow(), Recurrence = null });
    }

    /// <summary>Lets a series rest, or go on.</summary>
    public async Task PauseAsync(Guid taskId, bool rest)
    {
        if (board.Find(taskId) is not { Recurrence: not null } task)
            return;
        toasts.Undoable(rest ? "Paused: it does not come again until you resume it" : "Resumed", undo.Push(new(rest ? "Paused" : "Resumed", task.Title, () => SetAsync(!rest))));
        await SetAsync(rest);

        Task SetAsync(bool paused) => VerbAsync([taskId], paused ? "pause" : "resume", t => t with { Recurrence = t.Recurrence! with { Paused = paused } });
    }

    public async Task ReopenAsync(Guid taskId)
    {
        if (board.Find(taskId) is not { } task)
            return;
        _lingering.Remove(taskId);
        undo.Push(new("Reopened", task.Title, () => CompleteAsync(taskId)));
        await VerbAsync([taskId], "reopen", Reopened);
    }

    /// <summary>Moves tasks to the trash.</summary>
    public async Task DeleteAsync(IReadOnlyCollection<Guid> taskIds, bool quiet = false)
    {
        var tasks = taskIds.Select(board.Find).OfType<TaskView>().ToList();
        if (tasks.Count == 0)
            return;

        var ids = tasks.ConvertAll(task => task.TaskId);
        if (!quiet)
        {
            var entry = undo.Push(new("Deleted", Names(tasks), () => RestoreAsync(ids)));
            toasts.Undoable(tasks.Count == 1 ? $"“{Short(tasks[0].Title)}” moved to trash" : $"{tasks.Count} tasks moved to trash", entry);
        }

        await Task.WhenAll(ids.Select(taskId => RunAsync(
            taskId,
            task => task is null ? null : task with { DeletedAt = time.GetUtcNow() },
            id => client.DeleteAsync(taskId, id),
            null)));
    }

    public Task RestoreAsync(IReadOnlyCollection<Guid> taskIds) =>
        VerbAsync(taskIds, "restore", task => task with { DeletedAt = null });

    /// <summary>Closes this occurrence without credit; the series goes on.</summary>
    public async Task SkipAsync(Guid taskId)
    {
        if (board.Find(taskId) is not { } task)
            return;
        var entry = undo.Push(new("Skipped", task.Title, () => VerbAsync([taskId], "reopen", Reopened)));
        var next = Occurrences.After(task, clock.Now.DateTime);
        toasts.Undoable(next is null ? "Skipped" : $"Skipped. Next: {DateWords.WithWeekday(next.Date, clock.Today)}", entry);
        await VerbAsync([taskId], "skip", skipped => skipped with { State = TaskState.Archived });
    }

    public async Task SnoozeAsync(Guid taskId, Guid reminderId, DateTimeOffset until)
    {
        var answer = await client.SnoozeAsync(taskId, reminderId, until);
        if (answer.Problem is { } problem)
            toasts.Error($"Could not snooze. {problem.Message}", () => SnoozeAsync(taskId, reminderId, until));
        else
            toasts.Say($"Snoozed to {DateWords.Moment(until, clock)}");
    }

    /// <summary>Sends a refused edit once more.</summary>
    public async Task RetryAsync(Guid taskId)
    {
        if (Refused.Remove(taskId, out var refused))
            await PatchAsync(taskId, refused.Edit);
    }

    private Task<Problem?> PatchAsync(Guid taskId, TaskEdit edit) => edit.IsEmpty
        ? Task.FromResult<Problem?>(null)
        : RunAsync(taskId, task => task is null ? null : edit.Apply(task), id => client.EditAsync(taskId, edit, id), edit);

    private Task<Problem?[]> VerbAsync(IEnumerable<Guid> taskIds, string verb, Func<TaskView, TaskView> change) => Task.WhenAll(
        taskIds.Select(taskId => RunAsync(taskId, task => task is null ? null : change(task), id => client.DoAsync(taskId, verb, id), null)));

    // One after the other: the server puts each after those it has, and lines typed fast keep their order.
    private Task<Problem?> SendNewAsync(CreateTaskRequest request, string? order)
    {
        request = request with { Zone = clock.Zone.Id };
        var draft = Draft(request, request.TaskId!.Value);
        if (order is not null)
            draft = draft with { Order = order };
        var adding = RunAsync(draft.TaskId, _ => draft, id => order is null ? client.CreateAsync(request, id) : client.CreateAtAsync(request, draft.TaskId, order, id), null, _adding);
        _adding = adding;
        return adding;
    }

    // Shows the change now, of those too that the server takes along; sends it when what was done to them before has been answered.
    private async Task<Problem?> RunAsync(
        Guid taskId, Func<TaskView?, TaskView?> apply, Func<string, Task<Answer<TaskView>>> send, TaskEdit? edit, Task? after = null)
    {
        var change = new PendingChange(Guid.NewGuid().ToString(), taskId, apply);
        PendingChange[] changes = edit is { Moves: true } ? [change, .. board.PartsOf(taskId).Select(part => edit.Along(change, part))] : [change];
        board.Begin(changes);

        var before = Array.ConvertAll(changes, each => _tail.GetValueOrDefault(each.TaskId, after ?? Task.CompletedTask));
        var sending = SendAfterAsync(before is [var one] ? one : Task.WhenAll(before), change.CommandId, send);
        foreach (var each in changes)
            _tail[each.TaskId] = sending;
        var answer = await sending;
        foreach (var each in changes.Where(each => _tail.GetValueOrDefault(each.TaskId) == sending))
            _tail.Remove(each.TaskId);

        if (answer.Problem is not { } problem)
        {
            board.Settle(changes, answer.Value);
            return null;
        }

        board.Reject(changes);
        if (edit is not null)
        {
            Refused[taskId] = new(edit, change.Apply(board.Confirmed(taskId)), problem.Message);
            toasts.Error($"Could not save, your text is kept. {problem.Message}", () => RetryAsync(taskId));
        }
        else if (board.Confirmed(taskId) is { } kept)
        {
            toasts.Error($"“{Short(kept.Title)}”: {problem.Message}", null);
        }

        return problem;
    }

    private async Task<Answer<TaskView>> SendAfterAsync(Task before, string commandId, Func<string, Task<Answer<TaskView>>> send)
    {
        var answer = default(Answer<TaskView>);
        return await outgoing.SendAsync(async () => (answer = await send(commandId)).Problem, before) is { } problem ? new(problem) : answer;
    }

    private void Linger(Guid taskId)
    {
        _lingering.Add(taskId);
        _ = LeaveAsync();

        async Task LeaveAsync()
        {
            await Task.Delay(Grace, time);
            if (_lingering.Remove(taskId))
                board.Touch(taskId);
        }
    }

    private TaskView Draft(CreateTaskRequest request, Guid taskId) => new()
    {
        TaskId = taskId,
        OwnerId = session.Account?.UserId ?? Guid.Empty,
        Title = request.Title ?? "",
        Notes = request.Notes,
        Priority = request.Priority,
        ProjectId = request.ProjectId,
        SectionId = request.SectionId,
        ParentId = request.ParentId,
        Labels = request.Labels ?? [],
        Start = request.Start,
        Due = request.Due,
        Deadline = request.Deadline,
        EstimateMinutes = request.EstimateMinutes,
        Reminders = request.Reminders ?? [],
        Recurrence = request.Recurrence,
        Zone = clock.Zone.Id,
        Order = OrderKey.Last(time.GetUtcNow()),
        CreatedAt = time.GetUtcNow(),
        UpdatedAt = time.GetUtcNow(),
    };

    private string CompletedWords(List<TaskView> tasks)
    {
        if (tasks.Count > 1)
            return $"{tasks.Count} tasks completed";
        return Occurrences.After(tasks[0], clock.Now.DateTime) is { } next
            ? $"Done. Next: {DateWords.WithWeekday(next.Date, clock.Today)}"
            : $"“{Short(tasks[0].Title)}” completed";
    }

    private static TaskView Reopened(TaskView task) => task with { State = TaskState.Open, CompletedAt = null };

    private static string Names(IEnumerable<TaskView> tasks) => tasks.ToList() is [var one] ? one.Title : "several tasks";

    private static string Short(string title) => title.Length <= 40 ? title : string.Concat(title.AsSpan(0, 39), "…");
}

/// <summary>An edit that the server refused, with what the task would have looked like.</summary>
public sealed record RefusedEdit(TaskEdit Edit, TaskView? Wanted, string Reason);

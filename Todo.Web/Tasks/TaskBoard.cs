using Todo.Contracts.Live;
using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>The one store of tasks in this page: what the server said, with what the person has since done laid over it.</summary>
/// <remarks>
/// Of two versions of a task the higher wins, whichever way it came and in whatever order. Unanswered changes are laid
/// over the newest version until the server confirms or rejects them, so that an edit shows at once and never flickers.
/// </remarks>
public sealed class TaskBoard
{
    private readonly Dictionary<Guid, Slot> _slots = [];
    private readonly List<TaskView> _shown = [];
    private readonly TaskFamilies _families = new();
    private readonly ChangeLog _log = new();
    private bool _unsorted;

    /// <summary>The owner's own order.</summary>
    public static Comparer<TaskView> ByOrder { get; } = Comparer<TaskView>.Create(static (a, b) =>
        string.CompareOrdinal(a.Order, b.Order) is var order and not 0 ? order : a.TaskId.CompareTo(b.TaskId));

    public event Action? Changed;

    /// <summary>Counts what happened here, so that a view knows whether its last answer still holds.</summary>
    public long Revision { get; private set; }

    /// <summary>Counts what happened here other than changes made elsewhere: a list may jump for these.</summary>
    public long OwnRevision { get; private set; }

    /// <summary>Every task known, in its owner's order; trash and completed ones too, as far as loaded.</summary>
    public IReadOnlyList<TaskView> Tasks
    {
        get
        {
            if (_unsorted)
                _shown.Sort(ByOrder);
            _unsorted = false;
            return _shown;
        }
    }

    public TaskView? Find(Guid taskId) => _slots.GetValueOrDefault(taskId)?.Shown;

    /// <summary>The task as the server last told it, without what is still unanswered.</summary>
    public TaskView? Confirmed(Guid taskId) => _slots.GetValueOrDefault(taskId)?.Confirmed;

    public bool IsPending(Guid taskId) => _slots.GetValueOrDefault(taskId) is { Pending.Count: > 0 };

    /// <summary>True when some task is a part of another.</summary>
    public bool HasSubTasks => _families.Any;

    /// <summary>How many parts a task has, and how many of them are done.</summary>
    public (int Done, int All) Progress(Guid taskId) => _families.Progress(taskId, Find);

    /// <summary>The parts of a task, in their order; those in the trash are none.</summary>
    public IEnumerable<TaskView> ChildrenOf(Guid taskId) => _families.Of(taskId, Find);

    /// <summary>The parts of a task, and theirs.</summary>
    public IEnumerable<TaskView> PartsOf(Guid taskId, int deep = 5) => // no deeper than tasks nest, whatever is laid over what
        deep == 0 ? [] : ChildrenOf(taskId).SelectMany(part => PartsOf(part.TaskId, deep - 1).Prepend(part));

    /// <summary>Each task that was touched since a revision, with how it stood then; null when that is too long ago to tell.</summary>
    public IReadOnlyCollection<TaskChange>? ChangedSince(long revision) => _log.Since(revision);

    /// <summary>Takes in what a list brought.</summary>
    public void Receive(IEnumerable<TaskView> tasks)
    {
        foreach (var task in tasks)
            Take(SlotOf(task.TaskId), task);
        Tell();
    }

    public void Receive(TaskView task) => Receive([task]);

    /// <summary>Takes in a change of the live feed; our own change among them is settled by it.</summary>
    public void Receive(TaskChanged change)
    {
        var own = change.CommandId is { } command && Drop(command, change.TaskId);

        if (change.Task is { } task)
            Take(SlotOf(task.TaskId), task);
        else if (_slots.TryGetValue(change.TaskId, out var slot))
            Forget(slot, change.TaskId);
        Tell(own);
    }

    /// <summary>Shows what one command changes before the server knows of it.</summary>
    public void Begin(params IReadOnlyList<PendingChange> changes)
    {
        foreach (var change in changes)
        {
            var slot = SlotOf(change.TaskId);
            slot.Pending.Add(change);
            Show(slot);
        }

        Tell();
    }

    /// <summary>The server did it. <paramref name="truth"/> is the task that the command was for as it stands there; null when it did not say.</summary>
    public void Settle(IReadOnlyList<PendingChange> changes, TaskView? truth)
    {
        foreach (var change in changes)
            Settle(change, truth?.TaskId == change.TaskId ? truth : null);
        Tell();
    }

    /// <summary>The server refused it: tasks show what holds without it.</summary>
    public void Reject(params IReadOnlyList<PendingChange> changes)
    {
        foreach (var change in changes)
        {
            Drop(change.CommandId, change.TaskId);
            if (!_slots.TryGetValue(change.TaskId, out var slot))
                continue;
            if (slot is { Confirmed: null, Pending.Count: 0 })
                Forget(slot, change.TaskId);
            else
                Show(slot);
        }

        Tell();
    }

    /// <summary>
    /// Replaces the open tasks by a complete list of them, after too long an absence for the feed to bridge: what the list
    /// lacks was completed or deleted elsewhere. What was heard of while it was read is newer than the list and stays.
    /// </summary>
    /// <param name="open">The list.</param>
    /// <param name="begun">The revision when it was asked for.</param>
    public void ReceiveAllOpen(IReadOnlyCollection<TaskView> open, long begun)
    {
        var kept = open.Select(task => task.TaskId).ToHashSet();
        foreach (var (id, slot) in _slots.ToList())
        {
            if (slot is { Confirmed: { State: TaskState.Open, DeletedAt: null }, Pending.Count: 0 } && slot.HeardAt <= begun && !kept.Contains(id))
                Forget(slot, id);
        }

        Receive(open);
    }

    /// <summary>Something beside the task itself changed how it shows.</summary>
    public void Touch(Guid taskId)
    {
        _log.Add(Revision + 1, taskId, Find(taskId));
        Tell();
    }

    public void Clear()
    {
        _slots.Clear();
        _shown.Clear();
        _families.Clear();
        _log.Forget(Revision + 1);
        Tell();
    }

    private void Settle(PendingChange change, TaskView? truth)
    {
        var slot = SlotOf(change.TaskId);
        var open = slot.Pending.RemoveAll(pending => pending.CommandId == change.CommandId) > 0;
        if (truth is not null)
        {
            Take(slot, truth);
        }
        else
        {
            // Done, but not told how it stands now: it stays as it was meant until a newer version comes.
            if (open)
                (slot.Confirmed, slot.HeardAt) = (change.Apply(slot.Confirmed), Revision + 1);
            Show(slot);
        }
    }

    private Slot SlotOf(Guid taskId)
    {
        if (!_slots.TryGetValue(taskId, out var slot))
            _slots[taskId] = slot = new Slot();
        return slot;
    }

    private void Take(Slot slot, TaskView task)
    {
        if (slot.Confirmed is null || slot.Confirmed.Version < task.Version)
            slot.Confirmed = task;
        slot.HeardAt = Revision + 1;
        Show(slot);
    }

    private bool Drop(string commandId, Guid taskId) =>
        _slots.TryGetValue(taskId, out var slot) && slot.Pending.RemoveAll(pending => pending.CommandId == commandId) > 0;

    private void Forget(Slot slot, Guid taskId)
    {
        if (slot.Shown is { } shown)
        {
            _shown.RemoveAll(task => task.TaskId == shown.TaskId);
            Note(taskId, shown, null);
        }

        _slots.Remove(taskId);
    }

    private void Show(Slot slot)
    {
        var before = slot.Shown;
        var after = slot.Pending.Aggregate(slot.Confirmed, static (task, pending) => pending.Apply(task));
        slot.Shown = after;
        if (ReferenceEquals(before, after))
            return;
        Note((after ?? before)!.TaskId, before, after);

        // A changed task keeps its place in the sorted list unless its order changed; ten thousand are not sorted for one.
        var at = before is null ? -1 : IndexOf(before);
        if (at >= 0 && after is not null && before!.Order == after.Order)
        {
            _shown[at] = after;
            return;
        }

        if (at >= 0)
            _shown.RemoveAt(at);
        if (after is not null)
        {
            _unsorted |= _shown.Count > 0 && ByOrder.Compare(_shown[^1], after) > 0;
            _shown.Add(after);
        }
    }

    private int IndexOf(TaskView task)
    {
        if (_unsorted)
            return _shown.FindIndex(shown => shown.TaskId == task.TaskId);
        var at = _shown.BinarySearch(task, ByOrder);
        return at >= 0 ? at : -1;
    }

    private void Note(Guid taskId, TaskView? before, TaskView? after)
    {
        _families.Change(before, after);
        _log.Add(Revision + 1, taskId, before);
    }

    private void Tell(bool own = true)
    {
        Revision++;
        if (own)
            OwnRevision++;
        Changed?.Invoke();
    }

    private sealed class Slot
    {
        public TaskView? Confirmed { get; set; }

        /// <summary>The revision at which the server last said how it stands.</summary>
        public long HeardAt { get; set; }

        public List<PendingChange> Pending { get; } = [];

        public TaskView? Shown { get; set; }
    }
}

using Todo.Contracts.Tasks;
using Todo.Web.Dates;

namespace Todo.Web.Tasks;

/// <summary>How many open tasks are where. Kept by what changed: nobody walks over ten thousand because one was ticked.</summary>
public sealed class TaskCounts(TaskBoard board, UserClock clock)
{
    private readonly Dictionary<Guid, int> _projects = [];
    private (DateOnly Today, TimeZoneInfo? Zone) _day;
    private long _at = -1;
    private int _inbox;
    private int _due;

    public int Inbox => UpToDate()._inbox;

    /// <summary>Due today or before.</summary>
    public int Due => UpToDate()._due;

    public int Of(Guid projectId) => UpToDate()._projects.GetValueOrDefault(projectId);

    private TaskCounts UpToDate()
    {
        var day = (clock.Today, clock.Zone);
        if (_at == board.Revision && day == _day)
            return this;

        if (_at >= 0 && day == _day && board.ChangedSince(_at) is { } changes)
        {
            foreach (var (taskId, before) in changes)
            {
                Count(before, -1);
                Count(board.Find(taskId), 1);
            }
        }
        else
        {
            (_inbox, _due, _day) = (0, 0, day);
            _projects.Clear();
            foreach (var task in board.Tasks)
                Count(task, 1);
        }

        _at = board.Revision;
        return this;
    }

    private void Count(TaskView? task, int by)
    {
        if (task is null || !TaskLists.IsOpen(task))
            return;
        if (task.ProjectId is { } project)
            _projects[project] = _projects.GetValueOrDefault(project) + by;
        if (TaskLists.IsInInbox(task))
            _inbox += by;
        if (TaskLists.IsDueBy(task, _day.Today, clock))
            _due += by;
    }
}

using Todo.Contracts.Live;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class TaskCountsTests : PageTest
{
    [Fact]
    public void Whatever_happens_they_are_what_counting_all_tasks_would_give()
    {
        var (random, counts, clock) = (new Random(4711), Get<TaskCounts>(), Get<UserClock>());
        Guid[] projects = [Guid.NewGuid(), Guid.NewGuid()];
        var ids = Enumerable.Range(0, 60).Select(_ => Guid.NewGuid()).ToList();
        Board.Receive(ids.Select(id => Any(id, 1)));

        for (var step = 2; step < 1000; step++)
        {
            var id = ids[random.Next(ids.Count)];
            switch (random.Next(10))
            {
                case 0:
                    Board.Receive(new TaskChanged(ATask.Owner, step, id, null, null, DateTimeOffset.UnixEpoch));
                    break;
                case 1:
                    Board.Begin(new PendingChange($"c{step}", id, task => task is null ? null : task with { ProjectId = null }));
                    break;
                default:
                    Board.Receive(Any(id, step));
                    break;
            }

            if (step % 200 == 0)
                Time.Advance(TimeSpan.FromDays(1));
            if (random.Next(4) != 0 || step % 500 > 180)
                continue;
            var open = Board.Tasks.Where(TaskLists.IsOpen).ToList();
            counts.Inbox.Should().Be(open.Count(TaskLists.IsInInbox), "after step {0}", step);
            counts.Due.Should().Be(open.Count(task => TaskLists.IsDueBy(task, clock.Today, clock)));
            foreach (var project in projects)
                counts.Of(project).Should().Be(open.Count(task => task.ProjectId == project));
        }

        TaskView Any(Guid taskId, long version) => ATask.Called("Task") with
        {
            TaskId = taskId,
            Version = version,
            ProjectId = random.Next(3) is var n and < 2 ? projects[n] : null,
            State = random.Next(5) == 0 ? TaskState.Completed : TaskState.Open,
            DeletedAt = random.Next(9) == 0 ? DateTimeOffset.UnixEpoch : null,
            Due = random.Next(3) == 0 ? null : new Due(new DateOnly(2026, 11, 20).AddDays(random.Next(9)), random.Next(2) == 0 ? null : new TimeOnly(random.Next(24), 0)),
        };
    }
}

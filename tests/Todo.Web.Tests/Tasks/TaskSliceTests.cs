using Todo.Contracts.Live;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class TaskSliceTests : PageTest
{
    [Theory]
    [InlineData(Sorting.Own)]
    [InlineData(Sorting.Date)]
    [InlineData(Sorting.Priority)]
    [InlineData(Sorting.Name)]
    [InlineData(Sorting.Added)]
    public void Whatever_happens_it_holds_what_a_walk_over_all_tasks_would_find(Sorting sort)
    {
        var random = new Random(4711);
        var order = TaskOrder.Of(sort, Get<UserClock>());
        var slice = new TaskSlice(Board, IsWanted, order);
        var tasks = Enumerable.Range(0, 60).Select(n => Any(random, Guid.NewGuid(), n)).ToList();
        Board.Receive(tasks);

        for (var step = 2; step < 1500; step++)
        {
            var task = tasks[random.Next(tasks.Count)];
            switch (random.Next(10))
            {
                case 0:
                    Board.Receive(new TaskChanged(ATask.Owner, step, task.TaskId, null, null, DateTimeOffset.UnixEpoch));
                    break;
                case 1:
                    Board.Begin(new PendingChange($"c{step}", task.TaskId, t => t is null ? null : t with { Priority = random.Next(1, 5), Order = $"U{random.Next(40):D2}" }));
                    break;
                case 2:
                    Board.Receive(Enumerable.Range(0, 3).Select(n => Any(random, tasks[random.Next(tasks.Count)].TaskId, step)));
                    break;
                default:
                    Board.Receive(Any(random, task.TaskId, step));
                    break;
            }

            // Sometimes nobody looks for a while, once in a while for so long that the log does not reach back.
            if (random.Next(4) == 0 && step % 500 < 180)
                slice.Tasks.Should().Equal(Board.Tasks.Where(IsWanted).Order(order), "after step {0}", step);
        }

        slice.Tasks.Should().Equal(Board.Tasks.Where(IsWanted).Order(order));
    }

    [Fact]
    public void It_stays_the_same_list_while_only_what_tasks_say_changes_and_leaves_the_old_one_alone_when_rows_move()
    {
        var (milk, bread) = (ATask.Called("Milk", "U1"), ATask.Called("Bread", "U2"));
        Board.Receive([milk, bread]);
        var slice = new TaskSlice(Board, _ => true, TaskBoard.ByOrder);
        var first = slice.Tasks;

        Board.Receive(milk with { Title = "Oat milk", Version = 2 });
        slice.Tasks.Should().BeSameAs(first);
        first[0].Title.Should().Be("Oat milk");

        Board.Receive(milk with { Order = "U3", Version = 3 });
        slice.Tasks.Select(task => task.Order).Should().Equal("U2", "U3");
        first.Select(task => task.Order).Should().Equal("U1", "U2");
    }

    [Fact]
    public void The_parts_of_a_task_follow_every_change()
    {
        var (trip, train) = (ATask.Called("Trip", "U1"), ATask.Called("Train", "U2"));
        Board.Receive([trip, train with { ParentId = trip.TaskId }]);
        Board.Progress(trip.TaskId).Should().Be((0, 1));

        Board.Receive(train with { ParentId = trip.TaskId, State = TaskState.Completed, Version = 2 });
        Board.Progress(trip.TaskId).Should().Be((1, 1));

        Board.Receive(train with { ParentId = trip.TaskId, DeletedAt = DateTimeOffset.UnixEpoch, Version = 3 });
        Board.ChildrenOf(trip.TaskId).Should().BeEmpty();

        Board.Receive(train with { Version = 4 });
        Board.HasSubTasks.Should().BeFalse();
    }

    private static bool IsWanted(TaskView task) => task is { State: TaskState.Open, Priority: > 1 };

    private static TaskView Any(Random random, Guid taskId, long version) => ATask.Called($"Task {random.Next(20)}", $"U{random.Next(40):D2}") with
    {
        TaskId = taskId,
        Version = version,
        Priority = random.Next(1, 5),
        State = random.Next(5) == 0 ? TaskState.Completed : TaskState.Open,
        CreatedAt = DateTimeOffset.UnixEpoch.AddHours(random.Next(50)),
        Due = random.Next(3) == 0 ? null : new Due(new DateOnly(2026, 11, 20).AddDays(random.Next(9)), random.Next(2) == 0 ? null : new TimeOnly(random.Next(24), 0)),
    };
}

using Todo.Contracts.Live;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class TaskPartsTests : PageTest
{
    [Fact]
    public void Whatever_happens_each_part_holds_what_a_walk_over_all_tasks_would_find()
    {
        var random = new Random(4711);
        var order = TaskOrder.Of(Sorting.Date, Get<UserClock>());
        var parts = new TaskParts<int>(Board, IsWanted, task => task.Priority, order);
        var several = new TaskParts<string>(Board, IsWanted, static task => task.Labels, order, StringComparer.OrdinalIgnoreCase);
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
                    Board.Begin(new PendingChange($"c{step}", id, task => task is null ? null : task with { Priority = random.Next(1, 5) }));
                    break;
                default:
                    Board.Receive(Any(id, step));
                    break;
            }

            if (random.Next(4) != 0 || step % 500 > 180)
                continue;
            var all = Board.Tasks.Where(IsWanted).Order(order).ToLookup(task => task.Priority);
            parts.Keys.Should().BeEquivalentTo(all.Select(part => part.Key), "after step {0}", step);
            foreach (var part in all)
                parts[part.Key].Should().Equal(part, "after step {0}", step);
            foreach (var label in new[] { "a", "b", "c" })
                several[label].Should().Equal(Board.Tasks.Where(task => IsWanted(task) && task.Labels.Contains(label, StringComparer.OrdinalIgnoreCase)).Order(order), "of label {0} after step {1}", label, step);
        }

        TaskView Any(Guid taskId, long version) => ATask.Called("Task", $"U{random.Next(40):D2}") with
        {
            TaskId = taskId,
            Version = version,
            Priority = random.Next(1, 5),
            Labels = [.. new[] { "a", "B", "c" }.Where(_ => random.Next(3) == 0)],
            State = random.Next(5) == 0 ? TaskState.Completed : TaskState.Open,
            Due = random.Next(3) == 0 ? null : new Due(new DateOnly(2026, 11, 20).AddDays(random.Next(9))),
        };
    }

    [Fact]
    public void A_task_that_goes_from_one_part_to_another_leaves_the_third_as_it_was()
    {
        var (milk, bread, salt) = (ATask.Called("Milk", "U1") with { Priority = 1 }, ATask.Called("Bread", "U2") with { Priority = 2 }, ATask.Called("Salt", "U3") with { Priority = 3 });
        Board.Receive([milk, bread, salt]);
        var parts = new TaskParts<int>(Board, IsWanted, task => task.Priority, TaskBoard.ByOrder);
        var (first, second, third) = (parts[1], parts[2], parts[3]);

        Board.Receive(milk with { Priority = 2, Version = 2 });

        parts[1].Should().BeEmpty();
        parts[2].Select(task => task.Title).Should().Equal("Milk", "Bread");
        parts[3].Should().BeSameAs(third);
        first.Should().ContainSingle();
        second.Should().ContainSingle();
    }

    [Fact]
    public void A_task_is_in_the_part_of_each_of_its_labels_and_only_those_that_changed_are_other_lists()
    {
        var milk = ATask.Called("Milk", "U1") with { Labels = ["home", "shop"] };
        Board.Receive([milk, ATask.Called("Bread", "U2") with { Labels = ["Shop"] }, ATask.Called("Letter", "U3") with { Labels = ["desk"] }]);
        var parts = new TaskParts<string>(Board, IsWanted, static task => task.Labels, TaskBoard.ByOrder, StringComparer.OrdinalIgnoreCase);
        var (home, shop, desk) = (parts["home"], parts["shop"], parts["desk"]);

        Board.Receive(milk with { Title = "Oat milk", Labels = ["shop", "desk"], Version = 2 });

        parts.Keys.Should().BeEquivalentTo("shop", "desk");
        parts["desk"].Select(task => task.Title).Should().Equal("Oat milk", "Letter");
        parts["SHOP"].Should().BeSameAs(shop).And.HaveCount(2);
        parts["shop"][0].Title.Should().Be("Oat milk");
        home.Should().ContainSingle();
        desk.Should().ContainSingle();
    }

    private static bool IsWanted(TaskView task) => task.State == TaskState.Open;
}

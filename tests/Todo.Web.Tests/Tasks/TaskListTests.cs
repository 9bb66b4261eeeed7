using Bunit;
using Microsoft.AspNetCore.Components;
using Todo.Contracts.Tasks;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class TaskListTests : PageTest
{
    [Fact]
    public void A_row_shows_title_date_and_that_it_repeats()
    {
        var task = ATask.Called("Water the plants").Due("2026-11-23", "18:00").Repeating("FREQ=DAILY");

        var list = Shown([task]);

        list.Find("[data-testid=task-title]").TextContent.Should().Be("Water the plants");
        list.Find("[data-testid=due]").TextContent.Should().Contain("Today 18:00");
        list.Find("[data-testid=repeats]").TextContent.Should().Contain("every day");
    }

    [Fact]
    public void A_hostile_title_is_text_and_nothing_else()
    {
        var list = Shown([ATask.Called("<img src=x onerror=alert(1)>")]);

        list.FindAll("img").Should().BeEmpty();
        list.Find("[data-testid=task-title]").TextContent.Should().Be("<img src=x onerror=alert(1)>");
    }

    [Fact]
    public void Ticking_completes()
    {
        var task = ATask.Called("Buy milk");
        var list = Shown([task]);

        list.Find("[data-testid=complete]").Change(true);

        Server.Asked.Should().ContainSingle(asked => asked.Path == $"tasks/{task.TaskId}/complete");
    }

    [Fact]
    public void Sub_tasks_stand_below_their_task()
    {
        var trip = ATask.Called("Trip", "U1");
        var train = ATask.Called("Train", "U3") with { ParentId = trip.TaskId };

        var list = Shown([trip, ATask.Called("Other", "U2"), train]);

        list.FindAll("[data-testid=task-title]").Select(title => title.TextContent).Should().Equal("Trip", "Train", "Other");
        list.FindAll("li")[1].ClassList.Should().Contain("depth-1");
    }

    [Fact]
    public void Of_ten_thousand_tasks_only_those_near_the_window_are_drawn()
    {
        var tasks = Enumerable.Range(0, 10_000).Select(n => ATask.Called($"Task {n}", $"U{n:D5}")).ToList();

        var list = Shown(tasks);

        list.FindAll("[data-testid=task-row]").Count.Should().Be(80);
        list.FindAll("[data-chunk]").Count.Should().Be(500);
    }

    [Fact]
    public void Scrolling_draws_what_comes_near_and_lets_go_of_the_rest()
    {
        var tasks = Enumerable.Range(0, 1_000).Select(n => ATask.Called($"Task {n}", $"U{n:D5}")).ToList();
        var list = Shown(tasks);

        list.InvokeAsync(() => list.Instance.Near([7, 8]));

        list.FindAll("[data-testid=task-title]")[0].TextContent.Should().Be("Task 140");
    }

    [Fact]
    public void A_change_of_one_task_draws_its_row_and_lets_the_list_and_the_other_rows_stand()
    {
        var tasks = Enumerable.Range(0, 200).Select(n => ATask.Called($"Task {n}", $"U{n:D5}")).ToList();
        Board.Receive(tasks);
        var slice = new TaskSlice(Board, _ => true, TaskBoard.ByOrder);
        var list = Render<TaskList>(p => p.Add(l => l.Tasks, slice.Tasks));
        var rows = list.FindComponents<TaskRow>();
        var other = rows[3].RenderCount;

        Board.Receive(tasks[2] with { Title = "Oat milk", Version = 2 });
        list.Render(p => p.Add(l => l.Tasks, slice.Tasks));

        rows[2].Find("[data-testid=task-title]").TextContent.Should().Be("Oat milk");
        rows[3].RenderCount.Should().Be(other);
        list.FindAll("[data-testid=task-title]")[2].TextContent.Should().Be("Oat milk");
    }

    [Fact]
    public void A_row_that_leaves_a_long_list_leaves_the_other_rows_undrawn()
    {
        var tasks = Enumerable.Range(0, 200).Select(n => ATask.Called($"Task {n}", $"U{n:D5}")).ToList();
        Board.Receive(tasks);
        var slice = new TaskSlice(Board, task => task.DeletedAt is null, TaskBoard.ByOrder);
        var list = Render<TaskList>(p => p.Add(l => l.Tasks, slice.Tasks));
        var rows = list.FindComponents<TaskRow>().ToDictionary(row => row.Instance.Task.TaskId);

        Board.Receive(tasks[2] with { DeletedAt = DateTimeOffset.UnixEpoch, Version = 2 });
        list.Render(p => p.Add(l => l.Tasks, slice.Tasks));

        list.FindAll("[data-testid=task-title]").Select(title => title.TextContent).Should().Equal(Enumerable.Range(0, 80).Where(n => n != 2).Select(n => $"Task {n}"));
        var now = list.FindComponents<TaskRow>();
        now.Should().OnlyContain(row => rows.ContainsKey(row.Instance.Task.TaskId)).And.OnlyContain(row => row.RenderCount == 1);
    }

    [Fact]
    public void A_row_dropped_before_another_moves_as_many_places_as_lie_between()
    {
        List<TaskView> tasks = [ATask.Called("a", "U1"), ATask.Called("b", "U2"), ATask.Called("c", "U3")];
        (TaskView Task, int Step)? moved = null;
        Board.Receive(tasks);
        Render<TaskList>(p => p.Add(l => l.Tasks, tasks).Add(l => l.OnMove, EventCallback.Factory.Create<(TaskView, int)>(this, move => moved = move)));

        Get<Todo.Web.Layout.Workspace>().RequestDrop(tasks[2].TaskId, tasks[0].TaskId);

        moved.Should().Be((tasks[2], -2));
    }

    private IRenderedComponent<TaskList> Shown(IReadOnlyList<TaskView> tasks)
    {
        Board.Receive(tasks);
        return Render<TaskList>(p => p.Add(list => list.Tasks, tasks));
    }
}

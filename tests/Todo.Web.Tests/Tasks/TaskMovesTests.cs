using Todo.Contracts.Tasks;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class TaskMovesTests : PageTest
{
    private readonly TaskView _trip = ATask.Called("Trip", "U1");
    private readonly TaskView _train = ATask.Called("Train", "U2");

    [Fact]
    public async Task A_task_becomes_part_of_the_one_above_and_leaves_it_again()
    {
        Board.Receive([_trip, _train]);

        await Get<TaskMoves>().IndentAsync(_train.TaskId);
        Board.Find(_train.TaskId)!.ParentId.Should().Be(_trip.TaskId);

        await Get<TaskMoves>().OutdentAsync(_train.TaskId);
        Board.Find(_train.TaskId)!.ParentId.Should().BeNull();
    }

    [Fact]
    public void The_first_task_and_one_of_another_section_have_nothing_above()
    {
        Board.Receive([_trip, _train with { SectionId = Guid.NewGuid() }]);

        Get<TaskMoves>().Above(_trip).Should().BeNull();
        Get<TaskMoves>().Above(Board.Find(_train.TaskId)!).Should().BeNull();
    }

    [Fact]
    public async Task Moving_several_to_the_inbox_is_one_step_to_undo()
    {
        var project = Guid.NewGuid();
        var whole = ATask.Called("Whole", "U3") with { ProjectId = project };
        Board.Receive([_trip with { ProjectId = project }, whole, _train with { ProjectId = project, ParentId = whole.TaskId }]);

        await Get<TaskMoves>().ToAsync([_trip.TaskId, _train.TaskId], (null, null));
        Board.Tasks.Where(task => task != whole).Should().OnlyContain(task => task.ProjectId == null && task.ParentId == null);
        await Get<UndoHistory>().UndoAsync();

        Board.Tasks.Should().OnlyContain(task => task.ProjectId == project);
        Board.Find(_train.TaskId)!.ParentId.Should().Be(whole.TaskId);
    }

    [Fact]
    public async Task What_is_chosen_together_with_its_whole_stays_part_of_it()
    {
        var project = Guid.NewGuid();
        Board.Receive([_trip, _train with { ParentId = _trip.TaskId }]);

        await Get<TaskMoves>().ToAsync([_train.TaskId, _trip.TaskId], (project, null));

        Server.Asked.Should().ContainSingle().Which.Path.Should().Be($"tasks/{_trip.TaskId}");
        Board.Tasks.Should().OnlyContain(task => task.ProjectId == project);
        Board.Find(_train.TaskId)!.ParentId.Should().Be(_trip.TaskId);
    }

    [Fact]
    public async Task What_is_part_of_a_task_goes_where_it_goes_and_one_undo_brings_all_of_it_back()
    {
        var (project, section) = (Guid.NewGuid(), Guid.NewGuid());
        var seat = ATask.Called("Seat", "U3");
        Board.Receive([_trip, _train with { ParentId = _trip.TaskId }, seat with { ParentId = _train.TaskId }, ATask.Called("Other", "U4")]);

        await Get<TaskMoves>().ToAsync([_trip.TaskId], (project, section));

        Server.Asked.Should().ContainSingle("the server takes the others along").Which.Path.Should().Be($"tasks/{_trip.TaskId}");
        Board.Tasks.Where(task => task.Title != "Other").Should().HaveCount(3).And.OnlyContain(task => task.ProjectId == project && task.SectionId == section);
        Board.Find(seat.TaskId)!.ParentId.Should().Be(_train.TaskId);
        Board.Tasks.Single(task => task.Title == "Other").ProjectId.Should().BeNull();
        Board.Tasks.Should().OnlyContain(task => !Board.IsPending(task.TaskId));
        (await Get<UndoHistory>().UndoAsync()).Should().Contain("Trip");
        Server.Asked.Should().HaveCount(2);
        Board.Tasks.Should().OnlyContain(task => task.ProjectId == null && task.SectionId == null);
        Board.Find(_train.TaskId)!.ParentId.Should().Be(_trip.TaskId);
    }

    [Fact]
    public async Task A_part_that_lay_elsewhere_goes_back_there()
    {
        var (home, work) = (Guid.NewGuid(), Guid.NewGuid());
        Board.Receive([_trip, _train with { ParentId = _trip.TaskId, ProjectId = home }]);

        await Get<TaskMoves>().ToAsync([_trip.TaskId], (work, null));
        Board.Tasks.Should().OnlyContain(task => task.ProjectId == work);
        await Get<UndoHistory>().UndoAsync();

        Board.Find(_trip.TaskId)!.ProjectId.Should().BeNull();
        Board.Find(_train.TaskId)!.ProjectId.Should().Be(home);
    }

    [Fact]
    public async Task A_refused_move_leaves_all_of_them_where_they_were()
    {
        Board.Receive([_trip, _train with { ParentId = _trip.TaskId }]);
        Server.Refuse("projectId", "There is no such project.");

        await Get<TaskMoves>().ToAsync([_trip.TaskId], (Guid.NewGuid(), null));

        Board.Tasks.Should().OnlyContain(task => task.ProjectId == null && !Board.IsPending(task.TaskId));
    }

    [Fact]
    public async Task What_is_done_to_a_part_waits_until_its_whole_has_moved()
    {
        var project = Guid.NewGuid();
        Board.Receive([_trip, _train with { ParentId = _trip.TaskId }]);
        var held = Server.Hold();

        var moving = Get<TaskMoves>().ToAsync([_trip.TaskId], (project, null));
        var leaving = Get<TaskMoves>().ToAsync([_train.TaskId], (null, null));
        Server.Asked.Should().ContainSingle();
        held.SetResult((System.Net.HttpStatusCode.NoContent, ""));
        await Task.WhenAll(moving, leaving);

        Server.Asked.Select(asked => asked.Path).Should().Equal($"tasks/{_trip.TaskId}", $"tasks/{_train.TaskId}");
        Board.Find(_trip.TaskId)!.ProjectId.Should().Be(project);
        Board.Find(_train.TaskId)!.ProjectId.Should().BeNull();
    }
}

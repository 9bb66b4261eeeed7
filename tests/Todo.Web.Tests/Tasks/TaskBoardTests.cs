using Todo.Contracts.Live;
using Todo.Contracts.Tasks;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class TaskBoardTests
{
    private readonly TaskBoard _board = new();
    private readonly TaskView _milk = ATask.Called("Buy milk");

    [Fact]
    public void Of_two_versions_the_higher_wins_whichever_comes_last()
    {
        _board.Receive(_milk with { Title = "Buy oat milk", Version = 3 });
        _board.Receive(_milk with { Title = "Buy soy milk", Version = 2 });

        _board.Find(_milk.TaskId)!.Title.Should().Be("Buy oat milk");
    }

    [Fact]
    public void An_edit_shows_before_the_server_answers()
    {
        _board.Receive(_milk);

        _board.Begin(Rename("Buy bread"));

        _board.Find(_milk.TaskId)!.Title.Should().Be("Buy bread");
        _board.IsPending(_milk.TaskId).Should().BeTrue();
    }

    [Fact]
    public void An_unanswered_edit_stays_on_top_of_what_others_change()
    {
        _board.Receive(_milk);
        _board.Begin(Rename("Buy bread"));

        _board.Receive(Change(_milk with { Priority = 1, Version = 2 }, command: "somebody else's"));

        _board.Find(_milk.TaskId).Should().BeEquivalentTo(new { Title = "Buy bread", Priority = 1 });
    }

    [Fact]
    public void The_echo_of_our_own_command_settles_it()
    {
        _board.Receive(_milk);
        var edit = Rename("Buy bread");
        _board.Begin(edit);

        _board.Receive(Change(_milk with { Title = "Buy bread", Version = 2 }, edit.CommandId));

        _board.IsPending(_milk.TaskId).Should().BeFalse();
        _board.Find(_milk.TaskId)!.Title.Should().Be("Buy bread");
    }

    [Fact]
    public void A_refused_edit_shows_what_holds_without_it()
    {
        _board.Receive(_milk);
        var (first, second) = (Rename("Buy bread"), new PendingChange("2", _milk.TaskId, task => task! with { Priority = 1 }));
        _board.Begin(first);
        _board.Begin(second);

        _board.Reject(first);

        _board.Find(_milk.TaskId).Should().BeEquivalentTo(new { Title = "Buy milk", Priority = 1 });
    }

    [Fact]
    public void A_refused_new_task_is_gone()
    {
        var add = new PendingChange("1", _milk.TaskId, _ => _milk);
        _board.Begin(add);
        _board.Tasks.Should().ContainSingle();

        _board.Reject(add);

        _board.Tasks.Should().BeEmpty();
        _board.Find(_milk.TaskId).Should().BeNull();
    }

    [Fact]
    public void A_task_that_is_gone_for_good_leaves_the_board()
    {
        _board.Receive(_milk);

        _board.Receive(new TaskChanged(ATask.Owner, 2, _milk.TaskId, null, null, default));

        _board.Tasks.Should().BeEmpty();
    }

    [Fact]
    public void Tasks_are_in_their_order_whatever_order_they_came_in()
    {
        _board.Receive([ATask.Called("c", "U3"), ATask.Called("a", "U1"), ATask.Called("b", "U2")]);

        _board.Tasks.Select(task => task.Title).Should().Equal("a", "b", "c");
    }

    [Fact]
    public void A_task_whose_order_changed_moves()
    {
        var c = ATask.Called("c", "U3");
        _board.Receive([ATask.Called("a", "U1"), ATask.Called("b", "U2"), c]);
        _ = _board.Tasks;

        _board.Receive(c with { Order = "U0V", Version = 2 });

        _board.Tasks.Select(task => task.Title).Should().Equal("c", "a", "b");
    }

    [Fact]
    public void After_a_long_absence_open_tasks_that_are_no_longer_listed_go_and_closed_ones_stay()
    {
        var (gone, kept, done) = (ATask.Called("gone"), ATask.Called("kept"), ATask.Called("done") with { State = TaskState.Completed });
        _board.Receive([gone, kept, done]);

        _board.ReceiveAllOpen([kept], _board.Revision);

        _board.Tasks.Select(task => task.Title).Should().BeEquivalentTo("kept", "done");
    }

    [Fact]
    public void What_was_made_or_heard_of_while_all_open_tasks_were_read_is_newer_than_their_list()
    {
        var (pushed, made) = (ATask.Called("pushed"), ATask.Called("made here"));
        var begun = _board.Revision;
        _board.Receive(Change(pushed, null));
        var making = new PendingChange("1", made.TaskId, _ => made);
        _board.Begin(making);
        _board.Settle([making], made);

        _board.ReceiveAllOpen([], begun);

        _board.Tasks.Should().BeEquivalentTo([pushed, made]);
    }

    [Fact]
    public void Sub_tasks_are_counted_by_what_is_done()
    {
        _board.Receive([_milk, ATask.Called("walk") with { ParentId = _milk.TaskId }, ATask.Called("pay") with { ParentId = _milk.TaskId, State = TaskState.Completed }]);

        _board.Progress(_milk.TaskId).Should().Be((1, 2));
    }

    private PendingChange Rename(string title) => new(Guid.NewGuid().ToString(), _milk.TaskId, task => task! with { Title = title });

    private static TaskChanged Change(TaskView task, string? command) => new(ATask.Owner, task.Version, task.TaskId, task, command, default);

    [Fact]
    public void It_knows_whether_there_are_sub_tasks_through_every_change()
    {
        var board = new TaskBoard();
        var trip = ATask.Called("Trip");
        var train = ATask.Called("Train", "U2") with { ParentId = trip.TaskId };
        board.Receive([trip, train]);
        board.HasSubTasks.Should().BeTrue();

        var outdent = new PendingChange("1", train.TaskId, task => task! with { ParentId = null });
        board.Begin(outdent);
        board.HasSubTasks.Should().BeFalse();
        board.Reject(outdent);
        board.HasSubTasks.Should().BeTrue();

        board.ReceiveAllOpen([trip], board.Revision);
        board.HasSubTasks.Should().BeFalse();
    }
}

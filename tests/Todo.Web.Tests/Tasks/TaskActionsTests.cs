using System.Net;
using Todo.Contracts.Account;
using Todo.Contracts.Tasks;
using Todo.Web.Account;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class TaskActionsTests : PageTest
{
    private readonly TaskView _milk = ATask.Called("Buy milk").Due("2026-11-23");

    public TaskActionsTests() => Board.Receive(_milk);

    private TaskActions Actions => Get<TaskActions>();

    [Fact]
    public async Task A_refused_edit_is_taken_back_and_its_text_kept()
    {
        Server.Refuse("title", "Not that word.");

        await Actions.EditAsync(_milk.TaskId, task => task with { Title = "A word" });

        Board.Find(_milk.TaskId)!.Title.Should().Be("Buy milk");
        Actions.Refused[_milk.TaskId].Wanted!.Title.Should().Be("A word");
        Get<Toasts>().Shown.Should().ContainSingle(toast => toast.Kind == ToastKind.Error && toast.Text.Contains("Not that word."));
    }

    [Fact]
    public async Task Trying_a_refused_edit_again_sends_the_same_fields()
    {
        Server.Refuse("title", "Not now.");
        await Actions.EditAsync(_milk.TaskId, task => task with { Title = "Buy bread" });
        Server.AnswerWith(_milk with { Title = "Buy bread", Version = 2 });

        await Actions.RetryAsync(_milk.TaskId);

        Server.Asked.Select(asked => asked.Body).Should().HaveCount(2).And.AllBe("""{"title":"Buy bread"}""");
        Board.Find(_milk.TaskId)!.Title.Should().Be("Buy bread");
        Actions.Refused.Should().BeEmpty();
    }

    [Fact]
    public async Task Completing_can_be_undone()
    {
        Server.AnswerWith(_milk with { State = TaskState.Completed, Version = 2 });
        await Actions.CompleteAsync(_milk.TaskId);
        Server.AnswerWith(_milk with { Version = 3 });

        await Get<UndoHistory>().UndoAsync();

        Server.Asked.Select(asked => asked.Path).Should().Equal($"tasks/{_milk.TaskId}/complete", $"tasks/{_milk.TaskId}/reopen");
        Board.Find(_milk.TaskId)!.State.Should().Be(TaskState.Open);
    }

    [Fact]
    public async Task Undoing_an_undo_is_not_offered()
    {
        await Actions.EditAsync(_milk.TaskId, task => task with { Priority = 1 });
        await Get<UndoHistory>().UndoAsync();

        (await Get<UndoHistory>().UndoAsync()).Should().BeNull();
        Board.Find(_milk.TaskId)!.Priority.Should().Be(4);
    }

    [Fact]
    public async Task Many_tasks_changed_at_once_come_back_with_one_undo()
    {
        var bread = ATask.Called("Buy bread").Due("2026-11-22");
        Board.Receive(bread);
        await Actions.EditAsync([_milk.TaskId, bread.TaskId], task => task with { Due = new Due(new(2026, 11, 30)) }, "moved");

        await Get<UndoHistory>().UndoAsync();

        Board.Find(_milk.TaskId)!.Due!.Date.Should().Be(new DateOnly(2026, 11, 23));
        Board.Find(bread.TaskId)!.Due!.Date.Should().Be(new DateOnly(2026, 11, 22));
    }

    [Fact]
    public async Task Completing_a_repeating_task_names_the_next_date()
    {
        Board.Receive((_milk with { Version = 2 }).Repeating("FREQ=WEEKLY;BYDAY=MO,TH"));

        await Actions.CompleteAsync(_milk.TaskId);

        Get<Toasts>().Shown.Should().ContainSingle(toast => toast.Text == "Done. Next: Thu 26 Nov");
    }

    [Fact]
    public async Task A_completed_task_stays_in_sight_for_a_second()
    {
        await Actions.CompleteAsync(_milk.TaskId);
        Actions.Lingers(_milk.TaskId).Should().BeTrue();

        Time.Advance(TimeSpan.FromSeconds(1.1));

        Actions.Lingers(_milk.TaskId).Should().BeFalse();
    }

    [Fact]
    public async Task Every_write_carries_an_id_of_its_own()
    {
        await Actions.EditAsync(_milk.TaskId, task => task with { Priority = 1 });
        await Actions.EditAsync(_milk.TaskId, task => task with { Priority = 2 });

        Server.Keys.Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Without_a_connection_it_waits_as_long_as_it_takes_and_then_sends_the_same_command()
    {
        Server.Answer = (_, _, _) => throw new HttpRequestException("no network");

        var editing = Actions.EditAsync(_milk.TaskId, task => task with { Title = "Buy oat milk" });
        for (var minute = 0; minute < 3; minute++)
            Time.Advance(TimeSpan.FromMinutes(1));
        Board.Find(_milk.TaskId)!.Title.Should().Be("Buy oat milk");
        Server.AnswerWith(_milk with { Title = "Buy oat milk", Version = 2 });
        Time.Advance(TimeSpan.FromMinutes(1));
        await editing;

        Server.Keys.Should().HaveCountGreaterThan(3);
        Server.Keys.Distinct().Should().ContainSingle();
        Board.IsPending(_milk.TaskId).Should().BeFalse();
    }

    [Fact]
    public async Task A_server_in_trouble_is_given_half_a_minute_and_then_the_text_is_kept_to_try_again()
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.ServiceUnavailable, "");

        var editing = Actions.EditAsync(_milk.TaskId, task => task with { Title = "Buy oat milk" });
        for (var second = 0; second < 40; second++)
            Time.Advance(TimeSpan.FromSeconds(1));
        await editing;

        Board.Find(_milk.TaskId)!.Title.Should().Be("Buy milk");
        Actions.Refused[_milk.TaskId].Wanted!.Title.Should().Be("Buy oat milk");
    }

    [Fact]
    public async Task What_could_not_be_sent_is_never_sent_for_whoever_signs_in_next()
    {
        await SignInAsync("ana@example.org");
        Server.Answer = (_, _, _) => throw new HttpRequestException("no network");
        var adding = Actions.AddAsync(new CreateTaskRequest { Title = "Ana's secret" });
        Server.Asked.Clear();

        await SignInAsync("ben@example.org");
        Server.Asked.Clear();
        Server.Answer = (_, _, _) => (HttpStatusCode.NoContent, "");
        Time.Advance(TimeSpan.FromMinutes(1));
        await adding;

        Server.Asked.Should().BeEmpty();
    }

    private Task<Problem?> SignInAsync(string email)
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(new AccountView { UserId = Guid.NewGuid(), Email = email }));
        return Get<Session>().SignInAsync(email, "irrelevant");
    }
}

using Todo.Contracts.Reminders;
using Todo.Workers.Reminders;
using Todo.Workers.Tests.Sagas;

namespace Todo.Workers.Tests.Reminders;

public sealed class ReminderStateMachineTests : IAsyncLifetime
{
    private SagaWorld<ReminderStateMachine, ReminderState> _world = null!;

    public async ValueTask InitializeAsync() => _world = await SagaWorld<ReminderStateMachine, ReminderState>.StartAsync("2026-11-23T08:00Z");

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_reminder_fires_once_at_its_moment()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z");
        await _world.TellAsync(task.Created());

        await _world.MoveToAsync("2026-11-24T09:00Z");

        var due = _world.Produced.Of<ReminderDue>().Should().ContainSingle().Subject;
        due.ExpectedAt.Should().Be(At("2026-11-23T09:00Z"));
        due.FiredAt.Should().Be(due.ExpectedAt);
        due.Title.Should().Be("Water the plants");
        State(task).Should().Be("Resting");
    }

    [Fact]
    public async Task One_timer_serves_all_reminders_earliest_first()
    {
        var task = new ATask().RemindAt("2026-11-23T12:00Z").RemindAt("2026-11-23T09:00Z").RemindAt("2026-11-23T10:00Z");
        await _world.TellAsync(task.Created());

        _world.Timers.Waiting.Should().ContainSingle().Which.At.Should().Be(At("2026-11-23T09:00Z"));
        await _world.MoveToAsync("2026-11-23T23:00Z");

        _world.Produced.Of<ReminderDue>().Select(due => due.ExpectedAt.Hour).Should().Equal(9, 10, 12);
        _world.Timers.Waiting.Should().BeEmpty();
    }

    [Fact]
    public async Task Two_reminders_of_the_same_second_both_fire()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z").RemindAt("2026-11-23T09:00Z");
        await _world.TellAsync(task.Created());

        await _world.MoveToAsync("2026-11-23T09:00Z");

        _world.Produced.Of<ReminderDue>().Select(due => due.ReminderId).Should().BeEquivalentTo(task.View.Reminders.Select(r => r.ReminderId));
    }

    [Fact]
    public async Task Moving_the_due_date_moves_relative_reminders_and_leaves_absolute_ones()
    {
        var task = new ATask().Due("2026-11-24", "10:00").RemindBefore(30).RemindAt("2026-11-24T08:00Z");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Due("2026-11-26", "10:00").Updated("due"));

        await _world.MoveToAsync("2026-12-01T00:00Z");

        _world.Produced.Of<ReminderDue>().Select(due => due.ExpectedAt)
            .Should().Equal(At("2026-11-24T08:00Z"), At("2026-11-26T09:30Z"));
    }

    [Fact]
    public async Task A_reminder_whose_date_is_taken_away_sleeps_until_it_gets_one()
    {
        var task = new ATask().Due("2026-11-24", "10:00").RemindBefore(30);
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Having(task.View with { Due = null }).Updated("due"));
        await _world.MoveToAsync("2026-11-25T00:00Z");
        _world.Produced.All.Should().BeEmpty();

        await _world.TellAsync(task.At("2026-11-25T00:00Z").Due("2026-11-25", "10:00").Updated("due"));
        await _world.MoveToAsync("2026-11-26T00:00Z");

        _world.Produced.Of<ReminderDue>().Should().ContainSingle().Which.ExpectedAt.Should().Be(At("2026-11-25T09:30Z"));
    }

    [Fact]
    public async Task A_moment_that_an_edit_put_into_the_past_is_not_made_up_for()
    {
        var task = new ATask().Due("2026-11-24", "10:00").RemindBefore(30);
        await _world.TellAsync(task.Created());

        await _world.TellAsync(task.Due("2026-11-23", "08:10").Updated("due"));
        await _world.MoveToAsync("2026-11-30T00:00Z");

        _world.Produced.All.Should().BeEmpty();
    }

    [Fact]
    public async Task A_moment_that_passed_while_we_were_down_fires_late()
    {
        var task = new ATask().RemindAt("2026-11-23T08:05Z");
        var created = task.Created();
        _world.Clock.SetUtcNow(At("2026-11-23T09:00Z")); // the fact waited on the topic for an hour

        await _world.TellAsync(created);
        await _world.TellAsync(task.At("2026-11-23T08:06Z").Updated("title")); // an edit after the moment, still during the downtime
        await _world.MoveToAsync("2026-11-23T09:01Z");

        var due = _world.Produced.Of<ReminderDue>().Should().ContainSingle().Subject;
        (due.FiredAt - due.ExpectedAt).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(55));
    }

    [Fact]
    public async Task A_completed_task_never_reminds_anyone()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Completed());

        await _world.MoveToAsync("2026-11-24T09:00Z");

        _world.Produced.All.Should().BeEmpty();
        _world.Timers.Waiting.Should().BeEmpty();
        State(task).Should().Be("Closed");
    }

    [Fact]
    public async Task Skipping_archiving_and_deleting_cancel_too()
    {
        ATask[] tasks = [.. Enumerable.Range(0, 3).Select(_ => new ATask().RemindAt("2026-11-23T09:00Z"))];
        foreach (var task in tasks)
            await _world.TellAsync(task.Created());

        await _world.TellAsync(tasks[0].Skipped());
        await _world.TellAsync(tasks[1].Archived());
        await _world.TellAsync(tasks[2].Deleted());
        await _world.MoveToAsync("2026-11-24T09:00Z");

        _world.Produced.All.Should().BeEmpty();
        _world.Timers.Waiting.Should().BeEmpty();
    }

    [Fact]
    public async Task Undoing_a_completion_brings_the_reminders_back_snooze_included()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z").RemindAt("2026-11-25T09:00Z");
        await _world.TellAsync(task.Created());
        await _world.MoveToAsync("2026-11-23T09:00Z");
        await _world.TellAsync(task.At("2026-11-23T09:00Z").Snoozed("2026-11-23T18:00Z"));
        await _world.TellAsync(task.Completed());
        await _world.TellAsync(task.At("2026-11-23T09:01Z").Reopened());
        _world.Produced.Forget();

        await _world.MoveToAsync("2026-11-30T09:00Z");

        _world.Produced.Of<ReminderDue>().Select(due => (due.ExpectedAt, due.Snoozed))
            .Should().Equal((At("2026-11-23T18:00Z"), true), (At("2026-11-25T09:00Z"), false));
    }

    [Fact]
    public async Task A_restored_task_reminds_again()
    {
        var task = new ATask().RemindAt("2026-11-25T09:00Z");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Deleted());
        await _world.TellAsync(task.At("2026-11-24T00:00Z").Restored());

        await _world.MoveToAsync("2026-11-26T09:00Z");

        _world.Produced.Of<ReminderDue>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_snoozed_reminder_comes_back_and_snoozing_again_moves_it()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z", urgent: true);
        await _world.TellAsync(task.Created());
        await _world.MoveToAsync("2026-11-23T09:00Z");
        await _world.TellAsync(task.At("2026-11-23T09:01Z").Snoozed("2026-11-23T09:10Z"));
        await _world.TellAsync(task.At("2026-11-23T09:02Z").Snoozed("2026-11-23T10:00Z"));
        _world.Produced.Forget();

        await _world.MoveToAsync("2026-11-24T00:00Z");

        var due = _world.Produced.Of<ReminderDue>().Should().ContainSingle().Subject;
        due.Should().BeEquivalentTo(new { ExpectedAt = At("2026-11-23T10:00Z"), Snoozed = true, Urgent = true });
    }

    [Fact]
    public async Task Editing_the_dates_clears_a_snooze_and_renaming_does_not()
    {
        var renamed = new ATask().RemindAt("2026-11-23T09:00Z");
        var moved = new ATask().RemindAt("2026-11-23T09:00Z");
        foreach (var task in new[] { renamed, moved })
        {
            await _world.TellAsync(task.Created());
            await _world.TellAsync(task.At("2026-11-23T09:01Z").Snoozed("2026-11-23T10:00Z"));
        }

        await _world.TellAsync(renamed.Updated("title"));
        await _world.TellAsync(moved.Due("2026-12-01").Updated("due"));
        await _world.MoveToAsync("2026-11-24T00:00Z");

        _world.Produced.Of<ReminderDue>().Where(due => due.Snoozed).Select(due => due.TaskId).Should().Equal(renamed.Id);
    }

    [Fact]
    public async Task Facts_that_come_twice_change_nothing()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z");
        var created = task.Created();
        var updated = task.Updated("title");
        await _world.RetellAsync(created, created);
        await _world.RetellAsync(updated, updated);
        await _world.TellAsync(created);
        await _world.MoveToAsync("2026-11-23T09:00Z");
        await _world.TellAsync(created);
        await _world.TellAsync(updated);

        await _world.MoveToAsync("2026-11-24T09:00Z");

        _world.Produced.Of<ReminderDue>().Should().ContainSingle();
    }

    [Fact]
    public async Task An_older_fact_does_not_undo_a_newer_one()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z");
        var created = task.Created();
        var completed = task.Completed();
        await _world.TellAsync(completed);

        await _world.TellAsync(created);
        await _world.MoveToAsync("2026-11-24T09:00Z");

        _world.Produced.All.Should().BeEmpty();
    }

    [Fact]
    public async Task An_update_of_a_task_nobody_knows_counts_as_its_creation()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z");

        await _world.TellAsync(task.Updated("title"));
        await _world.MoveToAsync("2026-11-24T09:00Z");

        _world.Produced.Of<ReminderDue>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_timer_delivered_twice_or_after_it_was_replaced_fires_nothing()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z");
        await _world.TellAsync(task.Created());
        var stale = _world.Timers.Waiting[0];
        await _world.TellAsync(task.RemindAt("2026-11-23T08:30Z").Updated("reminders"));
        var current = _world.Timers.Waiting[0];
        _world.Clock.SetUtcNow(At("2026-11-23T08:30Z"));

        await _world.TellAsync(stale.Message, stale.Token);
        await _world.TellAsync(current.Message, current.Token);
        await _world.TellAsync(current.Message, current.Token);

        _world.Produced.Of<ReminderDue>().Should().ContainSingle().Which.ExpectedAt.Should().Be(At("2026-11-23T08:30Z"));
    }

    [Fact]
    public async Task A_timer_that_comes_early_is_set_again()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z");
        await _world.TellAsync(task.Created());
        var timer = _world.Timers.TakeEarliest(At("2026-11-23T09:00Z"))!;
        _world.Clock.SetUtcNow(At("2026-11-23T08:59:59Z"));

        await _world.TellAsync(timer.Message, timer.Token);

        _world.Produced.All.Should().BeEmpty();
        _world.Timers.Waiting.Should().ContainSingle();
    }

    [Fact]
    public async Task A_clock_behind_ours_does_not_make_a_moment_fire_twice()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z");
        await _world.TellAsync(task.Created());
        await _world.MoveToAsync("2026-11-23T09:00Z");

        await _world.TellAsync(task.At("2026-11-23T08:59:59Z").Updated("title"));
        await _world.MoveToAsync("2026-11-24T00:00Z");

        _world.Produced.Of<ReminderDue>().Should().ContainSingle();
    }

    [Fact]
    public async Task An_edit_that_changes_no_moment_keeps_the_timer()
    {
        var task = new ATask().RemindAt("2026-11-23T09:00Z");
        await _world.TellAsync(task.Created());
        var before = _world.Timers.Waiting.Single().Token;

        await _world.TellAsync(task.Updated("title"));

        _world.Timers.Waiting.Single().Token.Should().Be(before);
    }

    private string State(ATask task) => _world.Saga(task.Id)!.CurrentState;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, null);
}

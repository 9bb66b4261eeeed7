using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;
using Todo.Workers.Recurrence;
using Todo.Workers.Tests.Sagas;

namespace Todo.Workers.Tests.Recurrence;

public sealed class RecurrenceStateMachineTests : IAsyncLifetime
{
    private SagaWorld<RecurrenceStateMachine, RecurrenceState> _world = null!;

    public async ValueTask InitializeAsync() => _world =
        await SagaWorld<RecurrenceStateMachine, RecurrenceState>.StartAsync("2026-11-23T08:00Z", typeof(RecurrenceStateDefinition));

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Completing_an_occurrence_asks_for_the_next_one()
    {
        var task = new ATask().Due("2026-11-23", "09:00").Start("2026-11-22").Deadline("2026-11-24")
            .RemindBefore(30).RemindAt("2026-11-23T07:00Z").Repeating("FREQ=WEEKLY");
        await _world.TellAsync(task.Created());

        await _world.TellAsync(task.At("2026-11-23T10:00Z").Completed());

        var request = Requests().Should().ContainSingle().Subject;
        request.Should().BeEquivalentTo(new
        {
            SeriesId = task.Id,
            Occurrence = 2,
            PreviousTaskId = task.Id,
            Due = new Due(new DateOnly(2026, 11, 30), new TimeOnly(9, 0)),
            Start = new Due(new DateOnly(2026, 11, 29)),
            Deadline = new DateOnly(2026, 12, 1),
        });
        request.Reminders[0].Should().Be(task.View.Reminders[0]);
        request.Reminders[1].Should().Be(task.View.Reminders[1] with { At = DateTimeOffset.Parse("2026-11-30T07:00Z", null) });
        _world.Produced.All[0].Key.Should().Be(request.TaskId);
    }

    [Fact]
    public async Task An_absolute_reminder_keeps_its_wall_time_across_the_end_of_summer()
    {
        var task = new ATask("2026-10-20T08:00Z").In("Europe/Berlin").Due("2026-10-23").RemindAt("2026-10-23T06:00Z").Repeating("FREQ=WEEKLY");
        await _world.TellAsync(task.Created());

        await _world.TellAsync(task.At("2026-10-23T10:00Z").Completed());

        Requests()[0].Reminders[0].At.Should().Be(DateTimeOffset.Parse("2026-10-30T07:00Z", null)); // 08:00 in Berlin, both times
    }

    [Fact]
    public async Task Two_clients_that_complete_one_occurrence_advance_the_series_once()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());
        var completed = task.Completed();
        await _world.TellAsync(completed);

        await _world.TellAsync(completed);
        await _world.TellAsync(task.Completed());

        Requests().Should().ContainSingle();
        Saga(task).Occurrence.Should().Be(2);
    }

    [Fact]
    public async Task Completing_undoing_and_completing_again_gives_the_same_next_task()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.At("2026-11-23T10:00Z").Completed());
        var before = Saga(task).Live;

        await _world.TellAsync(task.Reopened());
        await _world.TellAsync(task.At("2026-11-24T10:00Z").Completed());

        _world.Produced.Of<WithdrawOccurrence>().Should().ContainSingle().Which.TaskId.Should().Be(before.TaskId);
        Requests().Select(request => request.TaskId).Distinct().Should().Equal(before.TaskId);
        Requests().Select(request => request.Due.Date.Day).Should().Equal(24, 25);
    }

    [Fact]
    public async Task Facts_of_a_withdrawn_occurrence_that_come_late_do_not_move_the_series()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.At("2026-11-23T10:00Z").Completed());
        var next = task.Next(Requests()[0]);
        await _world.TellAsync(task.Reopened());

        await _world.TellAsync(next.Created());
        await _world.TellAsync(next.Deleted());
        await _world.TellAsync(task.Completed());

        Requests().Should().HaveCount(2);
        Saga(task).Should().BeEquivalentTo(new { CurrentState = "Running", Occurrence = 2 });
    }

    [Fact]
    public async Task A_successor_that_somebody_completed_anyway_moves_the_series_on()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.At("2026-11-23T10:00Z").Completed());
        var next = task.Next(Requests()[0]);
        await _world.TellAsync(next.Created());
        await _world.TellAsync(task.Reopened());

        await _world.TellAsync(next.At("2026-11-24T10:00Z").Completed());

        Requests().Select(request => request.Occurrence).Should().Equal(2, 3);
        Requests()[1].Due.Date.Should().Be(new DateOnly(2026, 11, 25));
    }

    [Fact]
    public async Task A_series_runs_on_from_occurrence_to_occurrence()
    {
        var task = new ATask("2026-01-31T08:00Z").Due("2026-01-31").Repeating("FREQ=MONTHLY");
        await _world.TellAsync(task.Created());

        for (var i = 0; i < 14; i++)
        {
            await _world.TellAsync(task.At($"{task.View.Due!.Date:yyyy-MM-dd}T12:00Z").Completed());
            task = task.Next(Requests()[i]);
            await _world.TellAsync(task.Created());
        }

        Requests().Select(request => request.Due.Date.Day)
            .Should().Equal(28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31);
    }

    [Fact]
    public async Task Count_counts_completed_and_skipped_occurrences()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY;COUNT=3");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.At("2026-11-23T10:00Z").Completed());
        var second = task.Next(Requests()[0]);
        await _world.TellAsync(second.At("2026-11-24T10:00Z").Skipped());
        var third = second.Next(Requests()[1]);

        await _world.TellAsync(third.At("2026-11-25T10:00Z").Completed());

        Requests().Should().HaveCount(2);
        Saga(task).CurrentState.Should().Be("Ended");
    }

    [Fact]
    public async Task Reopening_the_last_occurrence_lets_it_be_completed_again()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY;COUNT=1");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Completed());

        await _world.TellAsync(task.Reopened());

        Saga(task).Should().BeEquivalentTo(new { CurrentState = "Running", Occurrence = 1 });
    }

    [Fact]
    public async Task Until_is_the_last_day_and_completes_the_series()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY;UNTIL=20261124");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.At("2026-11-23T10:00Z").Completed());

        await _world.TellAsync(task.Next(Requests()[0]).At("2026-11-24T10:00Z").Completed());

        Requests().Should().ContainSingle();
        Saga(task).Should().BeEquivalentTo(new { CurrentState = "Ended", EndedBecause = "no day is left in the rule" });
    }

    [Fact]
    public async Task Taking_the_rule_away_completes_the_task_for_ever()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());

        await _world.TellAsync(task.Having(task.View with { Recurrence = null }).Completed());

        Requests().Should().BeEmpty();
        Saga(task).CurrentState.Should().Be("Ended");
    }

    [Fact]
    public async Task Postponing_one_occurrence_leaves_the_series_where_it_was()
    {
        var task = new ATask().Due("2026-11-23", "09:00").Repeating("FREQ=WEEKLY;BYDAY=MO");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Due("2026-11-25", "15:00").Updated("due"));

        await _world.TellAsync(task.At("2026-11-25T16:00Z").Completed());

        Requests()[0].Due.Should().Be(new Due(new DateOnly(2026, 11, 30), new TimeOnly(9, 0)));
    }

    [Fact]
    public async Task Another_time_on_the_same_day_is_the_series_new_time()
    {
        var task = new ATask().Due("2026-11-23", "09:00").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Due("2026-11-23", "15:00").Updated("due"));

        await _world.TellAsync(task.At("2026-11-23T16:00Z").Completed());

        Requests()[0].Due.Should().Be(new Due(new DateOnly(2026, 11, 24), new TimeOnly(15, 0)));
    }

    [Fact]
    public async Task What_happens_to_a_postponed_occurrence_on_its_new_day_is_its_own_affair()
    {
        var task = new ATask().Due("2026-11-23", "09:00").Repeating("FREQ=WEEKLY;BYDAY=MO");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Due("2026-11-25", "09:00").Updated("due"));
        await _world.TellAsync(task.Due("2026-11-25", "17:00").Updated("due"));

        await _world.TellAsync(task.At("2026-11-25T18:00Z").Completed());

        Requests()[0].Due.Should().Be(new Due(new DateOnly(2026, 11, 30), new TimeOnly(9, 0)));
    }

    [Fact]
    public async Task Kept_missed_slots_pass_without_piling_up()
    {
        var task = new ATask("2026-11-01T08:00Z").Due("2026-11-01").Repeating("FREQ=DAILY", RecurrenceMode.KeepMissed);
        await _world.TellAsync(task.Created());

        await _world.MoveToAsync("2026-12-20T08:00Z");
        await _world.TellAsync(task.Updated("title"));

        Requests().Should().BeEmpty("one task of a series is live at a time, however many slots wait behind it");
        Saga(task).Occurrence.Should().Be(1);
    }

    [Fact]
    public async Task A_completion_said_again_to_a_series_that_missed_it_brings_the_next_one()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");

        await _world.TellAsync(task.Having(task.View with { Version = 4 }).At("2026-11-23T10:00Z").Completed());

        Requests().Should().ContainSingle().Which.Due.Date.Should().Be(new DateOnly(2026, 11, 24));
    }

    [Fact]
    public async Task An_edited_rule_counts_from_the_occurrence_it_was_edited_on()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.At("2026-11-23T10:00Z").Completed());
        var second = task.Next(Requests()[0]).Repeating("FREQ=DAILY;INTERVAL=3;COUNT=2");
        await _world.TellAsync(second.Updated("recurrence"));

        await _world.TellAsync(second.At("2026-11-24T10:00Z").Completed());
        await _world.TellAsync(second.Next(Requests()[1]).At("2026-11-27T10:00Z").Completed());

        Requests().Select(request => request.Due.Date.Day).Should().Equal(24, 27);
        Saga(task).CurrentState.Should().Be("Ended");
    }

    [Fact]
    public async Task Kept_missed_occurrences_come_one_by_one_unless_all_are_skipped()
    {
        var task = new ATask("2026-11-01T08:00Z").Due("2026-11-01").Repeating("FREQ=DAILY", RecurrenceMode.KeepMissed);
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.At("2026-11-23T10:00Z").Completed());
        var second = task.Next(Requests()[0]);

        await _world.TellAsync(second.At("2026-11-23T10:01Z").Skipped(allMissed: true));

        Requests().Select(request => request.Due.Date.Day).Should().Equal(2, 24);
    }

    [Fact]
    public async Task Skipping_all_missed_uses_up_as_many_as_it_leaves_out()
    {
        var task = new ATask("2026-11-01T08:00Z").Due("2026-11-01").Repeating("FREQ=DAILY;COUNT=25", RecurrenceMode.KeepMissed);
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.At("2026-11-23T10:00Z").Skipped(allMissed: true)); // the 1st to the 23rd are used up
        var second = task.Next(Requests()[0]);

        await _world.TellAsync(second.At("2026-11-24T10:00Z").Completed());
        await _world.TellAsync(second.Next(Requests()[1]).At("2026-11-25T10:00Z").Completed());

        Requests().Select(request => request.Due.Date.Day).Should().Equal(24, 25);
        Saga(task).Should().BeEquivalentTo(new { CurrentState = "Ended", Occurrence = 3 });
    }

    [Fact]
    public async Task A_series_whose_last_ones_are_all_missed_is_over_when_they_are_skipped()
    {
        var task = new ATask("2026-11-01T08:00Z").Due("2026-11-01").Repeating("FREQ=DAILY;COUNT=10", RecurrenceMode.KeepMissed);
        await _world.TellAsync(task.Created());

        await _world.TellAsync(task.At("2026-11-23T10:00Z").Skipped(allMissed: true));

        Requests().Should().BeEmpty();
        Saga(task).CurrentState.Should().Be("Ended");
    }

    [Fact]
    public async Task Undoing_step_by_step_restores_each_time_exactly_what_was()
    {
        var task = new ATask("2026-11-01T08:00Z").Due("2026-11-02", "09:00").Repeating("FREQ=DAILY;COUNT=25", RecurrenceMode.KeepMissed);
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Due("2026-11-05", "11:00").Updated("due")); // postponed: the rule's day stays the 2nd
        var first = Standing(task);
        await _world.TellAsync(task.At("2026-11-09T10:00Z").Skipped(allMissed: true));
        var second = task.Next(Requests()[0]);
        await _world.TellAsync(second.Created());
        await _world.TellAsync(second.Repeating("FREQ=WEEKLY;COUNT=3").Updated("recurrence"));
        var then = Standing(task);
        await _world.TellAsync(second.At("2026-11-10T10:00Z").Completed());

        await _world.TellAsync(second.At("2026-11-10T10:01Z").Reopened());
        Standing(task).Should().BeEquivalentTo(then);
        await _world.TellAsync(task.At("2026-11-10T10:02Z").Reopened());
        Standing(task).Should().BeEquivalentTo(first);
    }

    [Fact]
    public async Task A_reopening_that_nobody_heard_is_told_by_the_next_fact_about_the_open_task()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.At("2026-11-23T10:00Z").Completed());
        var next = task.Next(Requests()[0]);
        await _world.TellAsync(next.Created());
        task.Reopened();
        await _world.TellAsync(next.Deleted());

        await _world.TellAsync(task.Updated());

        Saga(task).Should().BeEquivalentTo(new { CurrentState = "Running", Occurrence = 1 });
    }

    [Fact]
    public async Task A_reopening_and_a_second_completion_that_nobody_heard_bring_the_next_one_back()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.At("2026-11-23T10:00Z").Completed());
        var next = task.Next(Requests()[0]);
        await _world.TellAsync(next.Created());
        task.Reopened();
        await _world.TellAsync(next.Deleted());

        await _world.TellAsync(task.At("2026-11-24T10:00Z").Completed());

        Requests().Select(request => (request.TaskId, request.Due.Date.Day)).Should().Equal((next.Id, 24), (next.Id, 25));
        Saga(task).Should().BeEquivalentTo(new { CurrentState = "Running", Occurrence = 2 });
    }

    [Fact]
    public async Task An_earlier_opening_that_is_heard_late_does_not_take_the_series_back()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.At("2026-11-23T10:00Z").Completed());
        var reopened = task.At("2026-11-23T10:01Z").Reopened();
        var again = task.At("2026-11-23T10:02Z").Completed();
        var next = task.Next(Requests()[0]);
        await _world.TellAsync(next.Created());
        await _world.TellAsync(next.At("2026-11-24T10:00Z").Completed());

        await _world.TellAsync(reopened);
        await _world.TellAsync(again);

        Saga(task).Should().BeEquivalentTo(new { CurrentState = "Running", Occurrence = 3 });
    }

    [Fact]
    public async Task The_trash_suspends_a_series_and_restoring_resumes_it()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Deleted());
        Saga(task).CurrentState.Should().Be("Suspended");

        await _world.TellAsync(task.Restored());
        await _world.TellAsync(task.Completed());

        Requests().Should().ContainSingle();
    }

    [Fact]
    public async Task Deleting_a_finished_occurrence_leaves_the_series_alone()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Completed());

        await _world.TellAsync(task.Deleted());

        Saga(task).CurrentState.Should().Be("Running");
    }

    [Fact]
    public async Task A_paused_series_waits_and_goes_on_from_the_day_it_is_resumed()
    {
        var task = new ATask("2026-11-01T08:00Z").Due("2026-11-02").Repeating("FREQ=DAILY");
        var rule = task.View.Recurrence!;
        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Having(task.View with { Recurrence = rule with { Paused = true } }).Updated("recurrence"));
        await _world.TellAsync(task.At("2026-11-02T10:00Z").Completed());
        Requests().Should().BeEmpty();
        Saga(task).CurrentState.Should().Be("Paused");

        await _world.TellAsync(task.At("2026-11-20T10:00Z").Having(task.View with { Recurrence = rule }).Updated("recurrence"));
        await _world.TellAsync(task.Updated("title"));

        Requests().Should().ContainSingle().Which.Due.Date.Should().Be(new DateOnly(2026, 11, 21));
        Saga(task).CurrentState.Should().Be("Running");
    }

    [Fact]
    public async Task A_rule_that_cannot_be_followed_ends_the_series_with_its_reason()
    {
        var task = new ATask().Due("2026-11-23").Repeating("FREQ=HOURLY");

        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Completed());

        Requests().Should().BeEmpty();
        Saga(task).Should().BeEquivalentTo(new { CurrentState = "Ended" });
        Saga(task).EndedBecause.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_task_that_does_not_repeat_has_no_series()
    {
        var task = new ATask().Due("2026-11-23");

        await _world.TellAsync(task.Created());
        await _world.TellAsync(task.Completed());

        _world.Saga(task.Id).Should().BeNull();
    }

    private IReadOnlyList<CreateOccurrence> Requests() => _world.Produced.Of<CreateOccurrence>();

    private object Standing(ATask first) => Saga(first) is var saga
        ? new { saga.CurrentState, saga.Occurrence, saga.Rule, saga.Mode, saga.Anchor, saga.RuleSince, saga.Time, saga.TimeZone, saga.EndedBecause, saga.Live.TaskId, saga.Live.Slot, saga.Live.Due, saga.Live.Then }
        : null!;

    private RecurrenceState Saga(ATask first) => _world.Saga(first.View.SeriesId!.Value)!;
}

using Todo.Contracts.Reminders;
using Todo.Workers.Reminders;
using Todo.Workers.Tests.Sagas;

namespace Todo.Workers.Tests.Reminders;

/// <summary>A day of a thousand users, with the ledger's own arithmetic as judge: nothing missed, nothing twice.</summary>
public class ADayOfAThousandUsersTests
{
    private static readonly DateTimeOffset Midnight = DateTimeOffset.Parse("2026-11-23T00:00Z", null);

    [Fact]
    public async Task Nothing_is_missed_and_nothing_comes_twice()
    {
        await using var world = await SagaWorld<ReminderStateMachine, ReminderState>.StartAsync("2026-11-23T00:00Z");
        var (random, expected) = (new Random(1000), new HashSet<(Guid Task, DateTimeOffset At)>());
        var users = Enumerable.Range(0, 1000).Select(_ => new User(random)).ToList();
        foreach (var user in users)
            await world.TellAsync(user.Task.Created());

        // Each quarter of an hour some users change their mind; the plan that the ledger would keep follows every fact.
        for (var at = Midnight; at < Midnight.AddDays(1); at += TimeSpan.FromMinutes(15))
        {
            await world.MoveToAsync(at);
            foreach (var user in users)
            {
                user.PassTo(at, expected);
                if (random.Next(40) == 0 && user.ChangeMind(random, at) is { } fact)
                {
                    await world.TellAsync(fact, token: null);
                    if (random.Next(5) == 0)
                        await world.TellAsync(fact, token: null);
                }
            }
        }

        await world.MoveToAsync(Midnight.AddDays(2));
        foreach (var user in users)
            user.PassTo(Midnight.AddDays(2), expected);

        var fired = world.Produced.Of<ReminderDue>().Select(due => (due.TaskId, due.ExpectedAt)).ToList();
        expected.Count.Should().BeGreaterThan(1000);
        fired.Should().OnlyHaveUniqueItems();
        fired.Should().BeEquivalentTo(expected);
    }

    private sealed class User
    {
        private DateTimeOffset? _wanted;
        private bool _open = true;

        public User(Random random)
        {
            Task = new ATask("2026-11-23T00:00Z").RemindAt(Text(Midnight));
            Move(random, Midnight);
        }

        public ATask Task { get; }

        /// <summary>Time goes by: what was wanted until now must have fired.</summary>
        public void PassTo(DateTimeOffset now, HashSet<(Guid Task, DateTimeOffset At)> expected)
        {
            if (_open && _wanted <= now)
            {
                expected.Add((Task.Id, _wanted.Value));
                _wanted = null;
            }
        }

        public object? ChangeMind(Random random, DateTimeOffset now)
        {
            Task.At(Text(now));
            if (!_open)
            {
                _open = true;
                _wanted = _wanted > now ? _wanted : null;
                return Task.Reopened();
            }

            if (random.Next(3) == 0)
            {
                _open = false;
                return Task.Completed();
            }

            Move(random, now);
            return Task.Updated("reminders");
        }

        private void Move(Random random, DateTimeOffset now)
        {
            var at = now.AddSeconds(1 + random.Next(6 * 3600));
            _wanted = at;
            Task.Having(Task.View with { Reminders = [Task.View.Reminders[0] with { At = at }] });
        }

        private static string Text(DateTimeOffset at) => at.ToString("O", null);
    }
}

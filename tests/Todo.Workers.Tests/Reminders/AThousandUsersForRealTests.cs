using Todo.Contracts.Account;
using Todo.Contracts.Users;
using Todo.Testing;

namespace Todo.Workers.Tests.Reminders;

/// <summary>So much at once that whoever shares the process would wait for it: it runs when the others are done.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>A thousand users with a day's worth of second thoughts in a few seconds, through Kafka and Postgres, with the ledger as judge.</summary>
[Collection(nameof(Alone))]
public sealed class AThousandUsersForRealTests(WorkersProcess workers)
{
    private const int Users = 1000;

    [Fact]
    public async Task Nothing_is_missed_and_nothing_comes_twice()
    {
        var random = new Random(2000);
        var users = Enumerable.Range(0, Users).Select(_ => new User(Guid.CreateVersion7(), random)).ToList();
        await EachAsync(users, async user =>
        {
            await workers.SayAsync(user.Id, new PreferencesChanged(user.Id, "", new Preferences { Channels = [] }, DateTimeOffset.UtcNow));
            await user.TellAsync(workers, task => task.Created());
            await user.ChangeTheirMindAsync(workers);
        });
        await CountAsync(users, "select count(*) from ops.sagas where owner_id = any($1) and kind = 'reminder'", Users);
        await CountAsync(users, "select count(*) from notify.recipients where user_id = any($1)", Users);

        // Their last word: the reminder is due in a few seconds, many in the same one.
        var start = DateTimeOffset.UtcNow.AddSeconds(3);
        await EachAsync(users.Where(user => user.Open), user => user.LastWordAsync(workers, start));

        var due = users.Count(user => user.Open);
        await CountAsync(users, "select count(*) from ops.reminder_ledger where owner_id = any($1) and state = 'fired' and delivered_at is not null", due);
        // The witness hears of reminders and of tasks apart: the old moments are cancelled when it has caught up with both.
        await CountAsync(users, "select count(*) from ops.reminder_ledger where owner_id = any($1) and state = 'pending'", 0);
        var ledger = await workers.QueryAsync("select task_id, expected_at, fires, channels from ops.reminder_ledger where owner_id = any($1) and state <> 'cancelled'", Ids(users));
        ledger.Select(row => ((Guid)row["task_id"]!, (DateTime)row["expected_at"]!)).Should().BeEquivalentTo(users.Where(user => user.Open).Select(user => (user.Task.Id, user.DueAt.UtcDateTime)));
        ledger.Should().OnlyContain(row => (int)row["fires"]! == 1 && (string)row["channels"]! == """{"in-app": "delivered"}""");
        await CountAsync(users, "select count(*) from ops.notifications where user_id = any($1)", due);
    }

    private async Task CountAsync(List<User> users, string sql, long expected) => await Eventually.Get(
        async () => (long)(await workers.QueryAsync(sql, Ids(users)))[0]["count"]!, count => count == expected, TimeSpan.FromMinutes(2));

    private static Guid[] Ids(List<User> users) => [.. users.Select(user => user.Id)];

    private static Task EachAsync(IEnumerable<User> users, Func<User, Task> act) =>
        Parallel.ForEachAsync(users, new ParallelOptions { MaxDegreeOfParallelism = 100 }, async (user, _) => await act(user));

    private sealed class User(Guid id, Random random)
    {
        private readonly int[] _whims = [random.Next(10), random.Next(2), random.Next(8000)];

        public Guid Id => id;

        public ATask Task { get; } = new ATask(Now()).Having(new ATask().View with { OwnerId = id }).RemindAt(DateTimeOffset.UtcNow.AddHours(1).ToString("O", null));

        public bool Open => _whims[0] > 0;

        public DateTimeOffset DueAt { get; private set; }

        public async Task ChangeTheirMindAsync(WorkersProcess workers)
        {
            for (var i = 0; i < _whims[1]; i++)
            {
                Move(DateTimeOffset.UtcNow.AddHours(2 + i));
                await TellAsync(workers, task => task.Updated("reminders"));
            }

            if (_whims[0] <= 1)
                await TellAsync(workers, task => task.Completed());
            if (_whims[0] == 1)
                await TellAsync(workers, task => task.Reopened());
        }

        public Task LastWordAsync(WorkersProcess workers, DateTimeOffset start)
        {
            Move(DueAt = DateTimeOffset.FromUnixTimeMilliseconds(start.AddMilliseconds(_whims[2]).ToUnixTimeMilliseconds()));
            return TellAsync(workers, task => task.Updated("reminders"));
        }

        /// <summary>Says a fact, one in three of them twice.</summary>
        public async Task TellAsync<T>(WorkersProcess workers, Func<ATask, T> tell)
            where T : class, Todo.Contracts.Tasks.ITaskFact
        {
            var fact = tell(Task.At(Now()));
            await workers.SayAsync(fact.TaskId, fact);
            if (_whims[2] % 3 == 0)
                await workers.SayAsync(fact.TaskId, fact);
        }

        private void Move(DateTimeOffset at) =>
            Task.Having(Task.View with { Reminders = [Task.View.Reminders[0] with { At = at }] });

        private static string Now() => DateTimeOffset.UtcNow.ToString("O", null);
    }
}

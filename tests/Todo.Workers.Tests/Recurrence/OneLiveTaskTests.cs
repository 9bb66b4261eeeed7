using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;
using Todo.Workers.Recurrence;
using Todo.Workers.Tests.Sagas;

namespace Todo.Workers.Tests.Recurrence;

/// <summary>
/// People complete, skip, reopen, edit, delete and restore at random while facts and requests are on their way, in order for each
/// task and in any order between tasks. When all has arrived, the series has one live task, and the saga knows which.
/// </summary>
public sealed class OneLiveTaskTests
{
    [Fact]
    public async Task Whatever_people_do_and_however_late_it_is_heard_a_series_has_one_live_task()
    {
        await using var world = await SagaWorld<RecurrenceStateMachine, RecurrenceState>.StartAsync("2026-11-23T08:00Z", typeof(RecurrenceStateDefinition));
        var reopened = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var (api, random) = (new SmallApi(world), new Random(seed));
            for (var step = 0; step < 30; step++)
            {
                if (random.Next(3) == 0)
                    api.Act(random);
                else
                    await api.DeliverOneAsync(random);
                api.Live.Should().HaveCountLessThanOrEqualTo(1, "seed {0}, step {1}", seed, step);
            }

            await api.DeliverAllAsync(random);
            if (api.Live.Count == 0 && api.RestoreAny())
                await api.DeliverAllAsync(random);

            var saga = world.Saga(api.SeriesId)!;
            var live = api.Live.Should().ContainSingle("seed {0}: {1}", seed, api.Story).Subject;
            saga.Live.TaskId.Should().Be(live.TaskId, "seed {0}: {1}", seed, api.Story);
            saga.Should().BeEquivalentTo(new { live.Occurrence, CurrentState = "Running" }, "seed {0}", seed);
            reopened += api.Reopened;
        }

        reopened.Should().BeGreaterThan(100, "a test that undoes nothing proves nothing");
    }

    /// <summary>The rules by which the Api opens, makes and takes back occurrences, on a handful of tasks, with its topics.</summary>
    private sealed class SmallApi
    {
        private readonly SagaWorld<RecurrenceStateMachine, RecurrenceState> _world;
        private readonly SortedDictionary<int, ATask> _tasks = [];
        private readonly Dictionary<Guid, Queue<object>> _topics = [];
        private readonly HashSet<Guid> _touched = [];
        private readonly List<string> _story = [];
        private DateTimeOffset _now = DateTimeOffset.Parse("2026-11-23T08:00Z", null);

        public SmallApi(SagaWorld<RecurrenceStateMachine, RecurrenceState> world)
        {
            _world = world;
            var first = new ATask().Due("2026-11-23").Repeating("FREQ=DAILY");
            _tasks[1] = first;
            Say(first.Created());
        }

        public Guid SeriesId => _tasks[1].Id;

        public int Reopened { get; private set; }

        /// <summary>What people did and what arrived, in order.</summary>
        public string Story => string.Join(", ", _story);

        public List<TaskView> Live => [.. _tasks.Values.Select(task => task.View).Where(IsLive)];

        public void Act(Random random)
        {
            _now += TimeSpan.FromSeconds(1);
            var task = _tasks.Values.ElementAt(random.Next(Math.Max(0, _tasks.Count - 3), _tasks.Count)).At($"{_now:O}");
            switch (random.Next(7))
            {
                case 0 or 1 when IsLive(task.View): Say(task.Completed()); break;
                case 2 when IsLive(task.View): Say(task.Skipped()); break;
                case 3 when IsLive(task.View): Say(Touch(task).Updated("title")); break;
                case 4 when IsLive(task.View): Say(Touch(task).Deleted()); break;
                case 5 or 6: Open(task); break;
            }
        }

        public bool RestoreAny() => _tasks.Values.Any(task => Open(task.At($"{_now += TimeSpan.FromSeconds(1):O}")));

        public async Task DeliverAllAsync(Random random)
        {
            while (_topics.Values.Any(topic => topic.Count > 0))
                await DeliverOneAsync(random);
        }

        public async Task DeliverOneAsync(Random random)
        {
            var waiting = _topics.Values.Where(topic => topic.Count > 0).ToList();
            if (waiting.Count == 0)
                return;
            var message = waiting[random.Next(waiting.Count)].Dequeue();
            _story.Add($"-> {Named(message)}");
            if (message is CreateOccurrence create)
                Make(create);
            else if (message is WithdrawOccurrence withdraw)
                TakeBack(withdraw);
            else
                await HearAsync(message);
        }

        private async Task HearAsync(object fact)
        {
            _world.Produced.Forget();
            await _world.TellAsync(fact, token: null);
            foreach (var (key, request) in _world.Produced.All)
                Topic(NamedCommands(key)).Enqueue(request);
        }

        private bool Open(ATask task)
        {
            var view = task.View;
            var others = _tasks.Values.Where(other => other.Id != task.Id && other.View.DeletedAt is null).ToList();
            if (IsLive(view) || (view.DeletedAt is null) == (view.State == TaskState.Open)
                || others.Exists(other => other.View.Occurrence > view.Occurrence && other.View.State != TaskState.Open)
                || others.Exists(other => other.View.Occurrence < view.Occurrence && other.View.State == TaskState.Open))
            {
                return false;
            }

            foreach (var next in others.Where(other => other.View.Occurrence > view.Occurrence))
                Say(next.At($"{_now:O}").Deleted());
            if (view.DeletedAt is not null)
                Say(task.Restored());
            else
                Say(task.Reopened());
            Reopened++;
            return true;
        }

        private void Make(CreateOccurrence request)
        {
            var previous = _tasks[request.Occurrence - 1];
            if (previous.View.State == TaskState.Open)
                return;
            if (!_tasks.TryGetValue(request.Occurrence, out var known))
                Say((_tasks[request.Occurrence] = previous.At($"{_now:O}").Next(request)).Created());
            else if (known.View.DeletedAt is not null)
                Say(known.At($"{_now:O}").Restored());
        }

        private void TakeBack(WithdrawOccurrence request)
        {
            var task = _tasks.Values.FirstOrDefault(known => known.Id == request.TaskId);
            var followsAnOpenOne = _tasks.Values.Any(other => IsLive(other.View) && other.View.Occurrence < task?.View.Occurrence);
            if (task is not null && IsLive(task.View) && (!_touched.Contains(task.Id) || followsAnOpenOne))
                Say(task.At($"{_now:O}").Deleted());
        }

        private ATask Touch(ATask task)
        {
            _touched.Add(task.Id);
            return task;
        }

        private void Say(ITaskFact fact)
        {
            _story.Add(Named(fact));
            Topic(fact.TaskId).Enqueue(fact);
        }

        private string Named(object message) => message switch
        {
            ITaskFact fact => $"{fact.GetType().Name} {fact.Task.Occurrence} v{fact.Task.Version}",
            CreateOccurrence create => $"make {create.Occurrence}",
            WithdrawOccurrence withdraw => $"take back {_tasks.FirstOrDefault(task => task.Value.Id == withdraw.TaskId).Key}",
            _ => "",
        };

        private Queue<object> Topic(Guid key) => _topics.TryGetValue(key, out var topic) ? topic : _topics[key] = new Queue<object>();

        private static Guid NamedCommands(Guid key) => new([.. key.ToByteArray().Reverse()]); // another topic, the same key

        private static bool IsLive(TaskView task) => task is { State: TaskState.Open, DeletedAt: null };
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Todo.Contracts.Live;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Http;
using Todo.Web.Live;
using Todo.Web.Tasks;
using Todo.Web.Tests.Tasks;

namespace Todo.Web.Tests.Live;

public sealed class LiveFeedTests : IDisposable
{
    private readonly Server _server = new();
    private readonly TaskBoard _board = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LiveFeed _feed;

    public LiveFeedTests()
    {
        var clock = new UserClock(_time);
        _feed = new LiveFeed(new TasksClient(new Api(new HttpClient(_server) { BaseAddress = new("http://todo.test/") }, clock)), _board, new Patience(_time));
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task The_list_itself_says_where_the_feed_stood_before_it_was_read()
    {
        await _server.AddAsync("Buy milk");

        await _feed.LoadAsync();

        _server.Asked.Should().Equal("tasks?view=open&limit=500");
        _feed.Sequence.Should().Be(1);
        _board.Tasks.Should().ContainSingle();
    }

    [Fact]
    public async Task Whoever_hears_that_the_list_is_there_can_see_that_it_is()
    {
        var seen = new List<bool>();
        _board.Changed += () => seen.Add(_feed.Loaded);

        await _feed.LoadAsync();

        seen.Should().EndWith(true);
    }

    [Fact]
    public async Task A_push_in_sequence_needs_no_question()
    {
        await _feed.LoadAsync();

        _feed.Receive(await _server.AddAsync("Buy milk"));

        _board.Tasks.Should().ContainSingle();
        _server.Asked.Should().HaveCount(1);
    }

    [Fact]
    public async Task A_gap_is_filled_by_asking_what_was_missed()
    {
        await _feed.LoadAsync();
        await _server.AddAsync("lost on the way");

        _feed.Receive(await _server.AddAsync("arrived"));
        await _feed.CatchUpAsync();

        _board.Tasks.Select(task => task.Title).Should().BeEquivalentTo("lost on the way", "arrived");
        _server.Asked.Should().Contain("changes?since=0");
        _feed.Sequence.Should().Be(2);
    }

    [Fact]
    public async Task A_push_that_comes_twice_changes_nothing()
    {
        await _feed.LoadAsync();
        var change = await _server.AddAsync("Buy milk");

        _feed.Receive(change);
        _feed.Receive(change);

        _board.Tasks.Should().ContainSingle();
        _feed.Sequence.Should().Be(1);
    }

    [Fact]
    public async Task After_too_long_an_absence_everything_is_loaded_anew()
    {
        var gone = await _server.AddAsync("done elsewhere");
        await _feed.LoadAsync();
        _server.Forget(gone.TaskId);
        await _server.AddAsync("new");

        await _feed.CatchUpAsync();

        _board.Tasks.Select(task => task.Title).Should().Equal("new");
    }

    [Fact]
    public async Task What_is_pushed_while_the_list_is_read_stays_and_what_was_not_pushed_is_asked_for()
    {
        await _server.AddAsync("old");
        _server.WhileListing = async () =>
        {
            await _server.AddAsync("lost on the way");
            _feed.Receive(await _server.AddAsync("pushed"));
        };

        await _feed.LoadAsync();
        await _feed.CatchUpAsync();

        _board.Tasks.Select(task => task.Title).Should().BeEquivalentTo("old", "lost on the way", "pushed");
        _feed.Sequence.Should().Be(3);
    }

    [Fact]
    public async Task Who_is_told_to_ask_again_before_the_list_is_there_asks_as_soon_as_it_is()
    {
        _server.WhileListing = async () =>
        {
            await _server.AddAsync("said to nobody");
            await _feed.CatchUpAsync();
        };

        await _feed.LoadAsync();

        _board.Tasks.Should().ContainSingle();
    }

    [Fact]
    public async Task What_is_pushed_while_everything_is_loaded_anew_stays()
    {
        await _feed.LoadAsync();
        _server.Forget(Guid.Empty);
        _server.WhileListing = async () => _feed.Receive(await _server.AddAsync("pushed"));

        await _feed.CatchUpAsync();

        _board.Tasks.Select(task => task.Title).Should().Equal("pushed");
    }

    [Fact]
    public async Task A_server_in_trouble_is_asked_again_until_it_answers()
    {
        await _feed.LoadAsync();
        await _server.AddAsync("lost on the way");
        _server.Troubles = 2;

        var catching = _feed.CatchUpAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(2));
        await catching;

        _board.Tasks.Should().ContainSingle();
    }

    [Fact]
    public async Task Who_leaves_while_their_list_is_read_leaves_nothing_on_the_board()
    {
        await _server.AddAsync("not for everybody");
        _server.WhileListing = () =>
        {
            _feed.Reset();
            return Task.CompletedTask;
        };

        await _feed.LoadAsync();

        _board.Tasks.Should().BeEmpty();
        _feed.Loaded.Should().BeFalse();
    }

    /// <summary>The two routes the feed asks, answered from memory.</summary>
    private sealed class Server : HttpMessageHandler
    {
        private readonly List<TaskChanged> _log = [];
        private bool _forgotten;

        public List<string> Asked { get; } = [];

        /// <summary>What happens after the list was read and before it arrives.</summary>
        public Func<Task> WhileListing { get; set; } = () => Task.CompletedTask;

        /// <summary>So many questions about changes are not answered.</summary>
        public int Troubles { get; set; }

        public Task<TaskChanged> AddAsync(string title)
        {
            var task = ATask.Called(title);
            var change = new TaskChanged(ATask.Owner, _log.Count + 1, task.TaskId, task, null, default);
            _log.Add(change);
            return Task.FromResult(change);
        }

        public void Forget(Guid taskId)
        {
            _forgotten = true;
            _log.RemoveAll(change => change.TaskId == taskId);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.PathAndQuery["/api/v1/".Length..];
            Asked.Add(path);
            var sequence = _log.Count == 0 ? 0 : _log[^1].Sequence;
            if (path.StartsWith("changes?since=", StringComparison.Ordinal))
            {
                if (Troubles-- > 0)
                    return new(HttpStatusCode.ServiceUnavailable);
                var since = long.Parse(path["changes?since=".Length..], CultureInfo.InvariantCulture);
                (var forgotten, _forgotten) = (_forgotten, false);
                return Says(forgotten ? new ChangesPage([], sequence, false, true) : new ChangesPage([.. _log.Where(change => change.Sequence > since)], sequence, false, false));
            }

            var page = new TaskPage([.. _log.Select(change => change.Task!)], Sequence: sequence);
            var meanwhile = WhileListing;
            WhileListing = () => Task.CompletedTask;
            await meanwhile();
            return Says(page);
        }

        private static HttpResponseMessage Says<T>(T answer) =>
            new(HttpStatusCode.OK) { Content = new StringContent(Api.Json(answer), Encoding.UTF8, "application/json") };
    }
}

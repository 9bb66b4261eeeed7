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
    private readonly LiveFeed _feed;

    public LiveFeedTests()
    {
        var clock = new UserClock(new FakeTimeProvider());
        _feed = new LiveFeed(new TasksClient(new Api(new HttpClient(_server) { BaseAddress = new("http://todo.test/") }, clock)), _board);
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task It_learns_where_the_feed_stands_before_it_lists()
    {
        await _server.AddAsync("Buy milk");

        await _feed.LoadAsync();

        _server.Asked.Should().Equal("changes", "tasks?view=open&limit=500");
        _feed.Sequence.Should().Be(1);
        _board.Tasks.Should().ContainSingle();
    }

    [Fact]
    public async Task A_push_in_sequence_needs_no_question()
    {
        await _feed.LoadAsync();

        _feed.Receive(await _server.AddAsync("Buy milk"));

        _board.Tasks.Should().ContainSingle();
        _server.Asked.Should().HaveCount(2);
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

    /// <summary>The two routes the feed asks, answered from memory.</summary>
    private sealed class Server : HttpMessageHandler
    {
        private readonly List<TaskChanged> _log = [];
        private bool _forgotten;

        public List<string> Asked { get; } = [];

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

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.PathAndQuery["/api/v1/".Length..];
            Asked.Add(path);
            var sequence = _log.Count == 0 ? 0 : _log[^1].Sequence;
            var body = path switch
            {
                "changes" => Api.Json(new ChangesPage([], sequence, false, true)),
                _ when path.StartsWith("changes", StringComparison.Ordinal) => Api.Json(_forgotten
                    ? new ChangesPage([], sequence, false, true)
                    : new ChangesPage([.. _log.Where(change => change.Sequence > long.Parse(path["changes?since=".Length..], CultureInfo.InvariantCulture))], sequence, false, false)),
                _ => Api.Json(new TaskPage([.. _log.Select(change => change.Task!)])),
            };
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}

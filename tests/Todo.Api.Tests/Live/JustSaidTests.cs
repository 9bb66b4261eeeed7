using Microsoft.Extensions.Time.Testing;
using Todo.Api.Live;
using Todo.Contracts.Live;
using Todo.Contracts.Notifications;

namespace Todo.Api.Tests.Live;

public sealed class JustSaidTests
{
    private static readonly Guid Ana = Guid.NewGuid();
    private readonly FakeTimeProvider _time = new();
    private readonly JustSaid _said;
    private readonly Ears _ears = new();

    public JustSaidTests()
    {
        _said = new(_time);
        _said.HearsFromNow();
        _time.Advance(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Who_comes_hears_what_was_said_to_them_since_they_began_to_ask()
    {
        await SayAsync(Ana, "lists", "before they asked");
        _time.Advance(TimeSpan.FromSeconds(15));
        await SayAsync(Ana, "task", "first");
        await SayAsync(Guid.NewGuid(), "task", "to somebody else");
        await SayAsync(Ana, "task", "second");

        await _said.SayAgainAsync(_ears, Ana, TimeSpan.FromSeconds(3));

        _ears.Heard.Should().Equal("second");
    }

    [Fact]
    public async Task Who_began_to_ask_longer_ago_than_is_remembered_is_told_to_ask_again()
    {
        await _said.SayAgainAsync(_ears, Ana, TimeSpan.FromMinutes(2));

        _ears.Heard.Should().Equal("ask again");
    }

    [Fact]
    public async Task A_replica_that_listens_for_less_long_than_they_have_been_asking_does_not_know_and_says_so()
    {
        var young = new JustSaid(_time);
        young.HearsFromNow();
        _time.Advance(TimeSpan.FromSeconds(12));

        await young.SayAgainAsync(_ears, Ana, TimeSpan.FromSeconds(3));

        _ears.Heard.Should().Equal("ask again");
    }

    [Fact]
    public async Task A_replica_that_does_not_listen_yet_knows_nothing_however_long_it_has_been_running()
    {
        var deaf = new JustSaid(_time);
        _time.Advance(TimeSpan.FromMinutes(1));

        await deaf.SayAgainAsync(_ears, Ana, TimeSpan.FromSeconds(3));

        _ears.Heard.Should().Equal("ask again");
    }

    [Fact]
    public async Task What_is_old_is_forgotten_and_what_is_not_stays()
    {
        await SayAsync(Ana, "task", "old");
        _time.Advance(TimeSpan.FromSeconds(45));
        await SayAsync(Ana, "lists", "new");
        _time.Advance(TimeSpan.FromSeconds(30));

        _said.Forget();
        await _said.SayAgainAsync(_ears, Ana, TimeSpan.FromSeconds(60));

        _ears.Heard.Should().Equal("new");
    }

    private Task SayAsync(Guid owner, string name, string words) => _said.SayAsync(new Ears(), owner, name, client => ((Ears)client).HearAsync(words));

    private sealed class Ears : ITaskHubClient
    {
        public List<string> Heard { get; } = [];

        public Task HearAsync(string words)
        {
            Heard.Add(words);
            return Task.CompletedTask;
        }

        public Task AskAgain() => HearAsync("ask again");

        public Task TaskChanged(TaskChanged change) => Task.CompletedTask;

        public Task ListsChanged(ListsChanged change) => Task.CompletedTask;

        public Task NotificationDelivered(NotificationView notification) => Task.CompletedTask;

        public Task NotificationDismissed(Guid notificationId) => Task.CompletedTask;
    }
}

using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Live;

public sealed class ChangesSinceTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Every_change_has_the_next_number_and_echoes_its_command()
    {
        var ana = await api.SomebodyAsync();
        var start = await ana.ChangesAsync();
        ana.Http.DefaultRequestHeaders.Add("X-Command-Id", "command-7");
        var one = await ana.AddAsync("one");
        var two = await ana.AddAsync("two");
        await ana.DoAsync(one, "complete");

        var missed = await ana.ChangesAsync(start.Sequence);

        start.FullSync.Should().BeTrue();
        missed.FullSync.Should().BeFalse();
        missed.Sequence.Should().Be(start.Sequence + 3);
        missed.Changes.Select(c => (c.TaskId, c.Sequence)).Should().Equal((two.TaskId, start.Sequence + 2), (one.TaskId, start.Sequence + 3));
        missed.Changes[1].Task!.State.Should().Be(TaskState.Completed);
        missed.Changes.Should().AllSatisfy(c => c.CommandId.Should().Be("command-7"));
    }

    [Fact]
    public async Task Writers_at_the_same_time_leave_no_gap()
    {
        var ana = await api.SomebodyAsync();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => ana.AddAsync($"{i}")));

        var missed = await ana.ChangesAsync(0);
        missed.Changes.Select(c => c.Sequence).Should().Equal(Enumerable.Range(1, 40).Select(i => (long)i));
    }

    [Fact]
    public async Task A_number_from_the_future_means_a_full_sync()
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync("one");

        (await ana.ChangesAsync(99)).FullSync.Should().BeTrue();
    }

    [Fact]
    public async Task Nobody_sees_the_changes_of_others()
    {
        var ana = await api.SomebodyAsync();
        var ben = await api.SomebodyAsync();
        await ana.AddAsync("one");

        (await ben.ChangesAsync(0)).Changes.Should().BeEmpty();
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Todo.Api.Storage;

namespace Todo.Api.Tests.Storage;

public sealed class UpkeepTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task The_trash_is_emptied_after_thirty_days_and_not_before()
    {
        var ana = await api.SomebodyAsync();
        var (old, young) = (await ana.AddAsync("old"), await ana.AddAsync("young"));
        await ana.DeleteAsync(old);
        await ana.DeleteAsync(young);
        await SqlAsync($"UPDATE tasks.tasks SET deleted_at = now() - interval '31 days' WHERE task_id = {old.TaskId}");
        await SqlAsync($"UPDATE tasks.tasks SET deleted_at = now() - interval '29 days' WHERE task_id = {young.TaskId}");
        var before = (await ana.ChangesAsync()).Sequence;

        await RunAsync();

        (await ana.TryGetAsync(old)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ana.TitlesAsync("trash")).Should().Equal("young");
        (await ana.ChangesAsync(before)).Changes.Should().ContainSingle().Which.Should().Match<Contracts.Live.TaskChanged>(change => change.TaskId == old.TaskId && change.Task == null);
    }

    [Fact]
    public async Task Who_was_away_longer_than_the_feed_is_kept_loads_everything_anew()
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync("long ago");
        var sequence = (await ana.ChangesAsync()).Sequence;
        await ana.AddAsync("later, and forgotten");
        await SqlAsync($"UPDATE tasks.changes SET occurred_at = now() - interval '31 days' WHERE owner_id = {ana.Id}");
        await ana.AddAsync("today");

        await RunAsync();

        (await ana.ChangesAsync(sequence)).FullSync.Should().BeTrue();
        (await ana.ChangesAsync(sequence + 1)).Changes.Should().ContainSingle().Which.Task!.Title.Should().Be("today");
    }

    [Fact]
    public async Task What_can_no_longer_be_taken_back_is_forgotten()
    {
        var ana = await api.SomebodyAsync();
        var answer = await ana.Http.PostAsync($"/api/v1/tasks/{(await ana.AddAsync("done")).TaskId}/complete", null);
        var token = Guid.Parse(answer.Headers.GetValues("X-Undo-Token").Single());
        await SqlAsync($"UPDATE tasks.undos SET expires_at = now() - interval '1 minute' WHERE undo_id = {token}");

        await RunAsync();

        (await api.InStorageAsync(db => db.Undos.AnyAsync(undo => undo.UndoId == token))).Should().BeFalse();
        (await ana.Http.PostAsync($"/api/v1/undo/{token}", null)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private Task RunAsync() => api.Api.Services.GetRequiredService<Upkeep>().RunAsync(Ct);

    private Task<int> SqlAsync(FormattableString sql) => api.InStorageAsync(db => db.Database.ExecuteSqlAsync(sql, Ct));
}

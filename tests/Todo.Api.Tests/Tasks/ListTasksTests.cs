using System.Net;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Tasks;

public sealed class ListTasksTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    [Fact]
    public async Task Pages_are_whole_and_without_overlap_whatever_their_size()
    {
        var ana = await api.SomebodyAsync();
        for (var i = 0; i < 23; i++)
            await ana.AddAsync(new CreateTaskRequest { Title = $"{i}", Due = new Due(Today.AddDays(-(i % 3)), i % 2 == 0 ? new TimeOnly(8, 0) : null), Priority = 1 + i % 4 });

        foreach (var view in (string[])["open", "inbox", "today"])
        {
            var whole = await ana.TitlesAsync(view);
            (await ana.TitlesAsync(view, limit: 4)).Should().Equal(whole, view);
            whole.Should().HaveCount(23);
        }
    }

    [Fact]
    public async Task The_first_page_says_where_the_feed_stood_and_the_changes_since_then_leave_nothing_out()
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync("listed");
        await ana.AddAsync("listed too");
        var first = await ana.GetAsync<TaskPage>("/api/v1/tasks?view=open&limit=1");
        await ana.AddAsync("made later");

        var changes = await ana.ChangesAsync(first.Sequence);

        changes.Changes.Should().ContainSingle().Which.Task!.Title.Should().Be("made later");
        (await ana.GetAsync<TaskPage>($"/api/v1/tasks?view=open&limit=1&cursor={first.Next}")).Sequence.Should().BeNull();
    }

    [Fact]
    public async Task Today_holds_what_is_due_and_overdue_in_order_and_upcoming_the_rest()
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync(new CreateTaskRequest { Title = "later today", Due = new Due(Today) });
        await ana.AddAsync(new CreateTaskRequest { Title = "urgent today", Due = new Due(Today), Priority = 1 });
        await ana.AddAsync(new CreateTaskRequest { Title = "at eight", Due = new Due(Today, new TimeOnly(8, 0)) });
        await ana.AddAsync(new CreateTaskRequest { Title = "yesterday", Due = new Due(Today.AddDays(-1)) });
        await ana.AddAsync(new CreateTaskRequest { Title = "tomorrow", Due = new Due(Today.AddDays(1)) });
        await ana.AddAsync("some day");

        (await ana.TitlesAsync("today")).Should().Equal("yesterday", "at eight", "urgent today", "later today");
        (await ana.TitlesAsync("upcoming")).Should().Equal("tomorrow");
    }

    [Fact]
    public async Task A_time_in_a_far_zone_counts_for_the_readers_day()
    {
        var ana = await api.SomebodyAsync("Pacific/Kiritimati");
        var there = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(14));
        var here = new TimeOnly(23, 30);

        // Half past eleven at night in Honolulu, on the day before, is the evening of the reader's day, 24 hours ahead.
        await ana.AddAsync(new CreateTaskRequest { Title = "call Honolulu", Due = new Due(there.AddDays(-1), here, "Pacific/Honolulu") });
        await ana.AddAsync(new CreateTaskRequest { Title = "call Honolulu tomorrow", Due = new Due(there, here, "Pacific/Honolulu") });

        (await ana.TitlesAsync("today")).Should().Equal("call Honolulu");
        (await ana.TitlesAsync("upcoming")).Should().Equal("call Honolulu tomorrow");
    }

    [Theory]
    [InlineData("ana@example.org", true)]
    [InlineData("example", true)]
    [InlineData("org/b", true)]
    [InlineData("Ber", true)]
    [InlineData("erlin", false)]
    [InlineData("east", true)]
    [InlineData("3.5", true)]
    [InlineData("invoice berlin", true)]
    [InlineData("invoice paris", false)]
    [InlineData("&|!", false)]
    public async Task Words_are_found_by_their_beginnings_wherever_a_person_sees_one(string words, bool found)
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync(new CreateTaskRequest { Title = "Mail ana@example.org/b about Berlin-East, 3.5 km", Notes = "her invoice" });

        var page = await ana.GetAsync<TaskPage>($"/api/v1/tasks?q={Uri.EscapeDataString(words)}");

        page.Items.Should().HaveCount(found ? 1 : 0);
    }

    [Fact]
    public async Task Completed_tasks_come_newest_first()
    {
        var ana = await api.SomebodyAsync();
        foreach (var title in (string[])["one", "two", "three"])
            await ana.DoAsync(await ana.AddAsync(title), "complete");

        (await ana.TitlesAsync("completed", limit: 2)).Should().Equal("three", "two", "one");
    }

    [Theory]
    [InlineData("bm9uc2Vuc2U")]
    [InlineData("%00")]
    [InlineData("WyJhIiwiYiJd")]
    public async Task A_cursor_that_nobody_wrote_starts_at_the_beginning(string cursor)
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync("first");

        var page = await ana.GetAsync<TaskPage>($"/api/v1/tasks?view=open&cursor={cursor}");

        page.Items.Should().ContainSingle();
    }

    [Fact]
    public async Task An_unknown_view_is_refused_with_the_known_ones()
    {
        var ana = await api.SomebodyAsync();

        var answer = await ana.Http.GetAsync("/api/v1/tasks?view=yesterday");

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("upcoming");
    }
}

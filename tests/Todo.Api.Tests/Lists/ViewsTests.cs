using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Account;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Lists;

public sealed class ViewsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly ListView Inbox = new() { Place = "inbox", Group = Grouping.Priority };

    [Fact]
    public async Task How_a_list_is_shown_is_kept_for_its_owner_and_for_nobody_else()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        var today = new ListView { Place = "today", Sort = Sorting.Name, Completed = true };

        await ChooseAsync(ana, Inbox);
        var answer = await ChooseAsync(ana, today);

        answer.Should().Equal(Inbox, today);
        (await ReadAsync(ana)).Should().Equal(Inbox, today);
        (await ReadAsync(ben)).Should().BeEmpty();
    }

    [Fact]
    public async Task Two_devices_that_change_two_lists_at_once_both_keep_what_they_chose()
    {
        var ana = await api.SomebodyAsync();
        var wanted = Enumerable.Range(1, 12).Select(n => new ListView { Place = $"labels/l{n:00}", Group = Grouping.Date }).ToList();

        await Parallel.ForEachAsync(wanted.Concat(wanted), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (view, _) => await ChooseAsync(ana, view));

        (await ReadAsync(ana)).Should().Equal(wanted);
    }

    [Fact]
    public async Task A_list_that_is_as_usual_again_has_no_row()
    {
        var ana = await api.SomebodyAsync();
        await ChooseAsync(ana, Inbox, new ListView { Place = "today", Completed = true });

        await ChooseAsync(ana, new ListView { Place = "inbox" }, new ListView { Place = "upcoming" });

        (await ReadAsync(ana)).Should().ContainSingle().Which.Place.Should().Be("today");
    }

    [Fact]
    public async Task A_list_has_one_name_and_of_what_is_said_twice_the_last_counts()
    {
        var ana = await api.SomebodyAsync();
        var project = Guid.NewGuid();
        await ChooseAsync(ana, Inbox with { Place = "labels/Home Work" }, Inbox with { Place = $"projects/{project.ToString().ToUpperInvariant()}" });

        await ChooseAsync(ana, new ListView { Place = "labels/HOME work" }, new ListView { Place = "labels/home work", Sort = Sorting.Added });

        (await ReadAsync(ana)).Should().Equal(new ListView { Place = "labels/home work", Sort = Sorting.Added }, Inbox with { Place = $"projects/{project}" });
    }

    [Fact]
    public async Task Where_there_are_too_many_what_was_chosen_longest_ago_goes()
    {
        var ana = await api.SomebodyAsync();
        await ChooseAsync(ana, [.. Enumerable.Range(1, ListViews.Most).Select(n => Inbox with { Place = $"labels/l{n}" })]);
        await api.InStorageAsync(db => db.Views.Where(v => v.OwnerId == ana.Id && v.Place == "labels/l7").ExecuteUpdateAsync(set => set.SetProperty(v => v.ChosenAt, v => v.ChosenAt.AddDays(-1))));

        var answer = await ChooseAsync(ana, Inbox);
        var tooMany = await ana.Http.PatchAsJsonAsync("/api/v1/views", new ListViews([.. Enumerable.Range(0, ListViews.Most + 1).Select(n => Inbox with { Place = $"labels/m{n}" })]), Person.Json);

        answer.Should().HaveCount(ListViews.Most).And.Contain(Inbox).And.NotContain(view => view.Place == "labels/l7");
        tooMany.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_list_that_is_gone_takes_its_choice_along_and_a_label_keeps_it_under_its_new_name()
    {
        var ana = await api.SomebodyAsync();
        var project = (await Person.ReadAsync<ProjectView>(await ana.Http.PostAsJsonAsync("/api/v1/projects", new { name = "Home" }), HttpStatusCode.Created)).ProjectId;
        var filter = (await Person.ReadAsync<FilterView>(await ana.Http.PostAsJsonAsync("/api/v1/filters", new { name = "Now", query = "today" }), HttpStatusCode.Created)).FilterId;
        await ana.AddAsync(new CreateTaskRequest { Title = "one", Labels = ["a", "b", "c"] });
        string[] places = [$"projects/{project}", $"filters/{filter}", "labels/a", "labels/b", "labels/c"];
        await ChooseAsync(ana, [.. places.Select(place => Inbox with { Place = place })]);

        await ana.Http.DeleteAsync($"/api/v1/projects/{project}");
        (await ana.Http.DeleteAsync($"/api/v1/filters/{filter}")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await ana.Http.DeleteAsync($"/api/v1/filters/{filter}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        await ana.Http.DeleteAsync("/api/v1/labels/A");
        await ana.Http.PatchAsJsonAsync("/api/v1/labels/b", new { name = "Bee" });
        await ana.Http.PatchAsJsonAsync("/api/v1/labels/c", new { name = "bee" });

        (await ReadAsync(ana)).Should().Equal(Inbox with { Place = "labels/bee" });
    }

    [Fact]
    public async Task It_goes_into_the_export_and_with_the_account()
    {
        var ana = await api.SomebodyAsync();
        await ChooseAsync(ana, Inbox);

        var export = await ana.GetAsync<JsonObject>("/api/v1/account/export");
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/account") { Content = JsonContent.Create(new DeleteAccountRequest(Person.Password)) };
        (await ana.Http.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.NoContent);

        export["views"]!.AsArray().Should().ContainSingle().Which!["place"]!.GetValue<string>().Should().Be("inbox");
        (await api.InStorageAsync(db => db.Views.CountAsync(v => v.OwnerId == ana.Id))).Should().Be(0);
    }

    [Fact]
    public async Task Operators_read_it_in_words()
    {
        var ana = await api.SomebodyAsync();
        await ChooseAsync(ana, new ListView { Place = "inbox", Group = Grouping.Label, Sort = Sorting.Added });

        var row = await api.InStorageAsync(db => db.Database.SqlQuery<string>($"SELECT place || ' ' || grouped_by || ' ' || sorted_by AS \"Value\" FROM tasks.list_views WHERE owner_id = {ana.Id}").SingleAsync());

        row.Should().Be("inbox label added");
    }

    private static async Task<IReadOnlyList<ListView>> ChooseAsync(Person person, params ListView[] views) =>
        (await Person.ReadAsync<ListViews>(await person.Http.PatchAsJsonAsync("/api/v1/views", new ListViews(views), Person.Json))).Items;

    private static async Task<IReadOnlyList<ListView>> ReadAsync(Person person) => (await person.GetAsync<ListViews>("/api/v1/views")).Items;
}

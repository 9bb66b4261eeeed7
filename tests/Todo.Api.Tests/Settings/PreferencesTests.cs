using System.Net;
using System.Net.Http.Json;
using Todo.Contracts.Account;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Settings;

public sealed class PreferencesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Preferences_are_kept_as_they_were_given()
    {
        var ana = await api.SomebodyAsync();
        var wanted = new Preferences
        {
            Zone = "Asia/Tokyo",
            WeekStart = DayOfWeek.Sunday,
            AllDayTime = new TimeOnly(7, 30),
            QuietHours = [new QuietHours([DayOfWeek.Saturday], new TimeOnly(22, 0), new TimeOnly(9, 0))],
            DigestAt = new TimeOnly(6, 0),
            WebhookUrl = "https://example.org/hook",
            ChannelsByKind = new Dictionary<string, IReadOnlyList<string>> { ["digest"] = ["webhook"], ["reminder"] = [] },
        };

        (await PutAsync(ana, wanted)).StatusCode.Should().Be(HttpStatusCode.OK);

        (await ana.GetAsync<Preferences>("/api/v1/preferences")).Should().BeEquivalentTo(wanted);
        (await ana.GetAsync<AccountView>("/api/v1/account")).Zone.Should().Be("Asia/Tokyo");
    }

    [Fact]
    public async Task Whoever_saw_an_older_state_is_told()
    {
        var ana = await api.SomebodyAsync();
        var etag = (await ana.Http.GetAsync("/api/v1/preferences")).Headers.ETag!.Tag;
        await PutAsync(ana, new Preferences { Zone = "Asia/Tokyo" });

        var late = await PutAsync(ana, new Preferences { Zone = "Europe/Rome" }, etag);

        late.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        (await ana.GetAsync<Preferences>("/api/v1/preferences")).Zone.Should().Be("Asia/Tokyo");
    }

    [Fact]
    public async Task A_move_to_another_zone_takes_along_the_tasks_that_remind()
    {
        var ana = await api.SomebodyAsync();
        var reminding = await ana.AddAsync(new CreateTaskRequest
        {
            Title = "Pills",
            Due = new Due(new DateOnly(2030, 1, 1)),
            Reminders = [new Reminder(Guid.NewGuid(), MinutesBefore: 0)],
        });
        var silent = await ana.AddAsync("Silent");

        await PutAsync(ana, new Preferences { Zone = "Asia/Tokyo" });

        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{reminding.TaskId}")).Zone.Should().Be("Asia/Tokyo");
        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{silent.TaskId}")).Version.Should().Be(1);
    }

    [Fact]
    public async Task A_zone_that_does_not_exist_is_refused()
    {
        var ana = await api.SomebodyAsync();

        (await PutAsync(ana, new Preferences { Zone = "Mars/Olympus" })).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("digest", "pigeon")]
    [InlineData("gossip", "email")]
    [InlineData("digest", "webhook")] // to no address
    public async Task Ways_that_do_not_exist_are_refused(string kind, string channel)
    {
        var ana = await api.SomebodyAsync();
        var wanted = new Preferences { ChannelsByKind = new Dictionary<string, IReadOnlyList<string>> { [kind] = [channel] } };

        (await PutAsync(ana, wanted)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_move_to_another_zone_takes_along_the_tasks_that_repeat()
    {
        var ana = await api.SomebodyAsync();
        var task = await ana.AddAsync(new CreateTaskRequest
        {
            Title = "Bins",
            Due = new Due(new DateOnly(2030, 1, 1)),
            Recurrence = new Todo.Contracts.Recurrence.RecurrenceRule("daily"),
        });

        await PutAsync(ana, new Preferences { Zone = "Pacific/Auckland" });

        (await ana.GetAsync<TaskView>($"/api/v1/tasks/{task.TaskId}")).Zone.Should().Be("Pacific/Auckland");
    }

    [Fact]
    public async Task A_webhook_secret_is_its_owners_and_changes_when_rotated()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());

        var first = await ana.GetAsync<WebhookSecret>("/api/v1/account/webhook-secret");
        var rotated = await Person.ReadAsync<WebhookSecret>(await ana.Http.PostAsync("/api/v1/account/webhook-secret/rotate", null));
        await PutAsync(ana, new Preferences { Zone = "Asia/Tokyo" });

        first.Secret.Should().StartWith("whsec_");
        (await ben.GetAsync<WebhookSecret>("/api/v1/account/webhook-secret")).Secret.Should().NotBe(first.Secret);
        rotated.Secret.Should().NotBe(first.Secret);
        rotated.Generation.Should().Be(1);
        (await ana.GetAsync<WebhookSecret>("/api/v1/account/webhook-secret")).Should().Be(rotated, "preferences do not touch it");
        Convert.FromBase64String(rotated.Secret["whsec_".Length..]).Should().Equal(WebhookSecret.Key("a key for tests", ana.Id, 1));
    }

    private static async Task<HttpResponseMessage> PutAsync(Person person, Preferences preferences, string? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/preferences") { Content = JsonContent.Create(preferences, options: Person.Json) };
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await person.Http.SendAsync(request);
    }
}

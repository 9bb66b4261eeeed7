using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Todo.Contracts.Account;

namespace Todo.Api.Tests.Edge;

/// <summary>An Api with little patience.</summary>
public sealed class Impatient : ApiFixture
{
    public const int Burst = 20;
    public const int WrongTokens = 5;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Limits:Burst"] = $"{Burst}",
        ["Limits:PerSecond"] = "1",
        ["Limits:WrongTokens"] = $"{WrongTokens}",
    };
}

public sealed class RateLimitTests(Impatient api) : IClassFixture<Impatient>
{
    [Fact]
    public async Task Who_asks_too_much_is_told_when_to_come_back_and_others_are_not_held_up()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 2 * Burst).Select(_ => ana.Http.GetAsync("/api/v1/account")));

        answers.Should().Contain(answer => answer.StatusCode == HttpStatusCode.OK);
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.Zero);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("wait a moment");
        (await ben.Http.GetAsync("/api/v1/account")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_that_keeps_guessing_tokens_is_told_to_wait_before_anything_is_looked_up_and_browsers_there_are_not()
    {
        var ana = await api.SomebodyAsync();
        var made = await Person.ReadAsync<TokenView>(await ana.Http.PostAsJsonAsync("/api/v1/account/tokens", new CreateTokenRequest("script", ["tasks:read"])), HttpStatusCode.Created);
        var guess = $"{made.Secret![..^4]}AAAA";

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3 * WrongTokens; i++)
            statuses.Add((await AskAsync(guess)).StatusCode);

        statuses.Take(WrongTokens).Should().AllBeEquivalentTo(HttpStatusCode.Unauthorized);
        statuses.Should().Contain(HttpStatusCode.TooManyRequests);
        var right = await AskAsync(made.Secret!);
        (right.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.OK).Should().BeTrue("a second may have passed");
        (await ana.Http.GetAsync("/api/v1/account/tokens")).StatusCode.Should().Be(HttpStatusCode.OK);
        await Testing.Eventually.True(async () => (await AskAsync(made.Secret!)).StatusCode == HttpStatusCode.OK);
    }

    private const int Burst = Impatient.Burst;
    private const int WrongTokens = Impatient.WrongTokens;

    private async Task<HttpResponseMessage> AskAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tasks");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await api.Browser().SendAsync(request);
    }
}

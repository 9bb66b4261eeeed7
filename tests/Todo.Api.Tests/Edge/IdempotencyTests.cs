using System.Net;
using System.Net.Http.Json;
using Todo.Contracts.Account;

namespace Todo.Api.Tests.Edge;

public sealed class IdempotencyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Fifty_equal_requests_at_once_do_one_thing_and_get_one_answer()
    {
        var ana = await api.SomebodyAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync(ana, "key-1", "Once")));

        answers.Should().AllSatisfy(answer => answer.StatusCode.Should().Be(HttpStatusCode.Created, answer.Content.ReadAsStringAsync().Result));
        (await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()))).Distinct().Should().ContainSingle();
        answers.Count(a => !a.Headers.Contains("Idempotency-Replayed")).Should().Be(1);
        (await ana.TitlesAsync("open")).Should().Equal("Once");
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused()
    {
        var ana = await api.SomebodyAsync();

        await PostAsync(ana, "key-1", "One");
        var other = await PostAsync(ana, "key-1", "Two");

        other.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ana.TitlesAsync("open")).Should().Equal("One");
    }

    [Fact]
    public async Task A_key_belongs_to_the_one_who_sent_it()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());

        await PostAsync(ana, "key-1", "Ana's");
        await PostAsync(ben, "key-1", "Ben's");

        (await ben.TitlesAsync("open")).Should().Equal("Ben's");
    }

    [Fact]
    public async Task A_refusal_is_remembered_too()
    {
        var ana = await api.SomebodyAsync();

        var first = await PostAsync(ana, "key-1", "");
        var second = await PostAsync(ana, "key-1", "");

        first.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        second.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await second.Content.ReadAsStringAsync()).Should().Be(await first.Content.ReadAsStringAsync());
        second.Headers.Contains("Idempotency-Replayed").Should().BeTrue();
    }

    [Fact]
    public async Task A_secret_is_not_shown_again_for_the_same_key()
    {
        var ana = await api.SomebodyAsync();

        var first = await MakeTokenAsync(ana);
        var second = await MakeTokenAsync(ana);

        first.StatusCode.Should().Be(HttpStatusCode.Created);
        second.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await second.Content.ReadAsStringAsync()).Should().Contain("shown once").And.NotContain("todo_");
        (await ana.GetAsync<List<TokenView>>("/api/v1/account/tokens")).Should().ContainSingle();
    }

    private static async Task<HttpResponseMessage> MakeTokenAsync(Person person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/account/tokens") { Content = JsonContent.Create(new { name = "script", scopes = new[] { "tasks:read" } }) };
        request.Headers.Add("Idempotency-Key", "token-1");
        return await person.Http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> PostAsync(Person person, string key, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tasks") { Content = JsonContent.Create(new { title }) };
        request.Headers.Add("Idempotency-Key", key);
        return await person.Http.SendAsync(request);
    }
}

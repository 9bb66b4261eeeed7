using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Todo.Contracts.Account;

namespace Todo.Api.Tests.Identity;

public sealed class KeysAndSessionsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_token_works_until_it_is_revoked_and_its_secret_is_shown_once()
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync("hers");
        var made = await Person.ReadAsync<TokenView>(await ana.Http.PostAsJsonAsync("/api/v1/account/tokens", new CreateTokenRequest("script", ["tasks:read"])), HttpStatusCode.Created);
        var script = api.Api.CreateClient();
        script.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Secret);

        var before = await script.GetStringAsync("/api/v1/tasks");
        var listed = await ana.GetAsync<List<TokenView>>("/api/v1/account/tokens");
        await ana.Http.DeleteAsync($"/api/v1/account/tokens/{made.TokenId}");
        var after = await script.GetAsync("/api/v1/tasks");

        before.Should().Contain("hers");
        listed.Should().ContainSingle().Which.Secret.Should().BeNull();
        after.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("todo_")]
    [InlineData("todo_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("rubbish")]
    public async Task A_token_nobody_made_opens_nothing(string token)
    {
        var script = api.Api.CreateClient();
        script.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");

        (await script.GetAsync("/api/v1/tasks")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_that_is_ended_elsewhere_is_over()
    {
        var ana = await api.SomebodyAsync();
        var phone = await SignInAsync(ana);
        (await phone.GetAsync("/api/v1/account")).StatusCode.Should().Be(HttpStatusCode.OK);
        var other = (await ana.GetAsync<List<SessionView>>("/api/v1/account/sessions")).Single(s => !s.Current);

        await ana.Http.DeleteAsync($"/api/v1/account/sessions/{other.SessionId}");

        (await phone.GetAsync("/api/v1/account")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await ana.Http.GetAsync("/api/v1/account")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_in_again_ends_what_the_browser_had_before()
    {
        var ana = await api.SomebodyAsync();
        var before = (await ana.GetAsync<List<SessionView>>("/api/v1/account/sessions")).Single();

        await ana.Http.PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest(ana.Account.Email, Person.Password));

        (await ana.GetAsync<List<SessionView>>("/api/v1/account/sessions")).Should().ContainSingle().Which.SessionId.Should().NotBe(before.SessionId);
    }

    [Fact]
    public async Task A_new_password_signs_the_other_browsers_out()
    {
        var ana = await api.SomebodyAsync();
        var phone = await SignInAsync(ana);

        var wrong = await ana.Http.PostAsJsonAsync("/api/v1/account/password", new ChangePasswordRequest("not it", "a new password"));
        var right = await ana.Http.PostAsJsonAsync("/api/v1/account/password", new ChangePasswordRequest(Person.Password, "a new password"));

        wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        right.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await phone.GetAsync("/api/v1/account")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await ana.Http.GetAsync("/api/v1/account")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Everything_can_be_taken_away_and_then_deleted()
    {
        var ana = await api.SomebodyAsync();
        await ana.AddAsync("hers");

        var export = await Person.ReadAsync<JsonObject>(await ana.Http.GetAsync("/api/v1/account/export"));
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/account") { Content = JsonContent.Create(new DeleteAccountRequest(Person.Password)) };
        var deleted = await ana.Http.SendAsync(request);
        var signIn = await api.Browser().PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest(ana.Account.Email, Person.Password));

        export["tasks"]!.AsArray().Should().ContainSingle();
        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        signIn.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await api.InStorageAsync(db => Task.FromResult(db.Tasks.Count(t => t.OwnerId == ana.Id)))).Should().Be(0);
    }

    private async Task<HttpClient> SignInAsync(Person person)
    {
        var browser = api.Browser();
        var answer = await browser.PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest(person.Account.Email, Person.Password));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return browser;
    }
}

using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Todo.Contracts.Account;

namespace Todo.Api.Tests.Identity;

public sealed class AccountTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Who_signs_up_is_signed_in_until_they_sign_out()
    {
        var ana = await api.SomebodyAsync("Europe/Paris");

        var account = await ana.GetAsync<AccountView>("/api/v1/account");
        var signedOut = await ana.Http.PostAsync("/api/v1/account/sign-out", null);
        var after = await ana.Http.GetAsync("/api/v1/account");

        account.Zone.Should().Be("Europe/Paris");
        account.Roles.Should().Equal("user");
        signedOut.StatusCode.Should().Be(HttpStatusCode.NoContent);
        after.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var ana = await api.SomebodyAsync();
        var browser = api.Browser();

        var wrong = await browser.PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest(ana.Account.Email, "not this one"));
        var unknown = await browser.PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest("nobody@example.org", "not this one"));

        wrong.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        unknown.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await Detail(wrong)).Should().Be(await Detail(unknown));
    }

    [Fact]
    public async Task Too_many_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        var ana = await api.SomebodyAsync();
        var browser = api.Browser();
        for (var i = 0; i < 10; i++)
            await browser.PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest(ana.Account.Email, "not this one"));

        var right = await browser.PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest(ana.Account.Email, Person.Password));

        right.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_write_that_another_site_made_the_browser_send_is_refused()
    {
        var ana = await api.SomebodyAsync();
        ana.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        ana.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        var answer = await ana.Http.PostAsJsonAsync("/api/v1/tasks", new { title = "planted" });

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await ana.TitlesAsync("open")).Should().BeEmpty();
    }

    [Fact]
    public async Task An_address_is_used_once_without_saying_so()
    {
        var ana = await api.SomebodyAsync();

        var answer = await api.Browser().PostAsJsonAsync("/api/v1/account/sign-up", new SignUpRequest(ana.Account.Email, "another password"));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<HttpValidationProblemDetails>())!.Errors["email"].Single().Should().NotContain("taken");
    }

    [Fact]
    public async Task Signing_up_again_with_the_same_password_is_signing_in()
    {
        var ana = await api.SomebodyAsync();

        var again = await Person.ReadAsync<AccountView>(await api.Browser().PostAsJsonAsync("/api/v1/account/sign-up", new SignUpRequest(ana.Account.Email, Person.Password)));

        again.UserId.Should().Be(ana.Id);
    }

    [Fact]
    public async Task The_cookie_is_for_the_browser_alone()
    {
        var answer = await api.Browser().PostAsJsonAsync("/api/v1/account/sign-up", new SignUpRequest($"{Guid.NewGuid():N}@example.org", Person.Password));

        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.Should().Contain("httponly").And.Contain("samesite=lax");
    }

    private static async Task<string?> Detail(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<Microsoft.AspNetCore.Mvc.ProblemDetails>())?.Detail;
}

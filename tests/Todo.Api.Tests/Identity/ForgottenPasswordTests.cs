using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Todo.Api.Identity;
using Todo.Contracts.Account;
using Todo.Testing;

namespace Todo.Api.Tests.Identity;

public sealed class ForgottenPasswordTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string New = "a password to remember";

    [Fact]
    public async Task An_address_with_an_account_and_one_without_get_the_same_answer_to_the_byte()
    {
        var (ana, nobody) = (await api.SomebodyAsync(), ConfirmingFixture.NewAddress());

        var toNobody = await Answers.AsSeenAsync(await ForgotAsync(nobody));
        var toAna = await Answers.AsSeenAsync(await ForgotAsync(ana.Account.Email));

        toAna.Should().Be(toNobody).And.StartWith("202 ");
        await api.MailedTokenAsync(ana.Account.Email, "reset-password");
        api.Mail.To(nobody).Should().BeEmpty();
    }

    [Fact]
    public async Task A_new_password_ends_every_session_and_lifts_the_lock_and_its_owner_is_told()
    {
        var ana = await api.SomebodyAsync();
        for (var i = 0; i < 10; i++)
            await SignInAsync(ana, "not this one");
        (await SignInAsync(ana, Person.Password)).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "it is locked");
        var token = await ForgottenAsync(ana);

        var reset = await ResetAsync(token);

        reset.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await ana.Http.GetAsync("/api/v1/account")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await SignInAsync(ana, Person.Password)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await SignInAsync(ana, New)).StatusCode.Should().Be(HttpStatusCode.OK);
        await Eventually.True(() => api.Mail.To(ana.Account.Email).Any(mail => mail.Subject?.Contains("was changed") == true));
    }

    [Theory]
    [InlineData(false, HttpStatusCode.OK)]
    [InlineData(true, HttpStatusCode.Unauthorized)]
    public async Task Tokens_go_when_their_owner_says_so(bool revoke, HttpStatusCode after)
    {
        var ana = await api.SomebodyAsync();
        var made = await Person.ReadAsync<TokenView>(await ana.Http.PostAsJsonAsync("/api/v1/account/tokens", new CreateTokenRequest("script", ["tasks:read"])), HttpStatusCode.Created);
        var script = api.Api.CreateClient();
        script.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Secret);

        await ResetAsync(await ForgottenAsync(ana), revoke);

        (await script.GetAsync("/api/v1/tasks")).StatusCode.Should().Be(after);
    }

    [Fact]
    public async Task The_link_counts_once_and_not_after_the_password_was_changed_otherwise()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        var (hers, his) = (await ForgottenAsync(ana), await ForgottenAsync(ben));
        (await ResetAsync(hers)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        await ben.Http.PostAsJsonAsync("/api/v1/account/password", new ChangePasswordRequest(Person.Password, "his own choice"));

        (await Answers.RefusesAsync(await ResetAsync(hers), "token")).Should().NotBeNull();
        (await Answers.RefusesAsync(await ResetAsync(his), "token")).Should().NotBeNull();
    }

    [Fact]
    public async Task The_link_counts_for_an_hour()
    {
        var token = await ForgottenAsync(await api.SomebodyAsync());
        var options = api.Api.Services.GetRequiredService<IOptions<ResetTokenOptions>>().Value;
        options.TokenLifespan.Should().Be(TimeSpan.FromHours(1));
        options.TokenLifespan = TimeSpan.FromTicks(-1); // the hour is over
        try
        {
            (await Answers.RefusesAsync(await ResetAsync(token), "token")).Should().NotBeNull();
        }
        finally
        {
            options.TokenLifespan = TimeSpan.FromHours(1);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_link_nobody_mailed_opens_nothing(string token) =>
        (await Answers.RefusesAsync(await ResetAsync(token), "token")).Should().NotBeNull();

    [Fact]
    public async Task A_link_to_confirm_chooses_no_password()
    {
        var ana = await api.SomebodyAsync();
        await using var scope = api.Api.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<TodoUser>>();
        var user = (await users.FindByIdAsync(ana.Id.ToString()))!;

        var answer = await ResetAsync(MailedToken.Write(user.Id, await users.GenerateEmailConfirmationTokenAsync(user)));

        (await Answers.RefusesAsync(answer, "token")).Should().NotBeNull();
    }

    [Fact]
    public async Task A_link_of_a_deleted_account_opens_nothing()
    {
        var ana = await api.SomebodyAsync();
        var token = await ForgottenAsync(ana);
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/account") { Content = JsonContent.Create(new DeleteAccountRequest(Person.Password)) };
        (await ana.Http.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.NoContent);

        (await Answers.RefusesAsync(await ResetAsync(token), "token")).Should().NotBeNull();
    }

    private Task<HttpResponseMessage> ForgotAsync(string email) => api.Browser().PostAsJsonAsync("/api/v1/account/forgot-password", new ForgotPasswordRequest(email), Person.Json);

    private Task<HttpResponseMessage> ResetAsync(string token, bool revoke = false) =>
        api.Browser().PostAsJsonAsync("/api/v1/account/reset-password", new ResetPasswordRequest(token, New, revoke), Person.Json);

    private Task<HttpResponseMessage> SignInAsync(Person person, string password) =>
        api.Browser().PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest(person.Account.Email, password), Person.Json);

    private async Task<string> ForgottenAsync(Person person)
    {
        await ForgotAsync(person.Account.Email);
        return await api.MailedTokenAsync(person.Account.Email, "reset-password");
    }
}

using System.Net;

namespace Todo.Api.Tests.Notifications;

/// <summary>RFC 8058: a mail program posts to the link by itself, without cookies, and must not be sent elsewhere.</summary>
public sealed class UnsubscribeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_mail_program_unsubscribes_with_one_post()
    {
        using var program = api.Api.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        var body = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);

        var answer = await program.PostAsync($"/unsubscribe/{Guid.NewGuid()}?proof=abc", body);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("No more mails");
    }

    [Fact]
    public async Task Following_the_link_changes_nothing_and_asks_first()
    {
        var page = await api.Browser().GetStringAsync($"/unsubscribe/{Guid.NewGuid()}?proof=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");

        page.Should().Contain("<form method=\"post\"").And.NotContain("<script>");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?proof=")]
    [InlineData("?proof=a%00b")]
    public async Task A_link_without_its_proof_is_refused(string query) =>
        (await api.Browser().PostAsync($"/unsubscribe/{Guid.NewGuid()}{query}", null)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
}

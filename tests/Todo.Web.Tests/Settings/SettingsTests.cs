using System.Net;
using Bunit;
using Todo.Contracts.Account;
using Todo.Web.Http;
using Todo.Web.Settings;

namespace Todo.Web.Tests.Settings;

public sealed class SettingsTests : PageTest
{
    [Fact]
    public void Another_browser_can_be_signed_out_and_this_one_not_by_mistake()
    {
        var other = Guid.NewGuid();
        Server.Answer = (method, path, _) => method == "GET"
            ? (HttpStatusCode.OK, Api.Json<IReadOnlyList<SessionView>>([ASession("Firefox", Guid.NewGuid(), true), ASession("<b>Chrome</b>", other, false)]))
            : (HttpStatusCode.NoContent, "");
        var settings = Render<SessionSettings>();
        settings.FindAll("[data-testid=session]").Should().HaveCount(2);
        settings.FindAll("b").Should().BeEmpty("what a browser says of itself is text");

        settings.Find("[data-testid=end-session]").Click();

        Server.Asked.Should().ContainSingle(asked => asked.Method == "DELETE" && asked.Path == $"account/sessions/{other}");
    }

    [Fact]
    public async Task What_a_person_prefers_shows_even_if_it_arrives_after_the_page()
    {
        var settings = Render<NotificationSettings>();
        settings.FindAll("[data-testid=quiet-from]").Should().BeEmpty();

        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(new Preferences { QuietHours = [new([], new(21, 30), new(7, 0))], WebhookUrl = "https://example.org/hook" }));
        await settings.InvokeAsync(Get<PreferenceStore>().LoadAsync);

        settings.WaitForAssertion(() => settings.Find("[data-testid=quiet-from]").GetAttribute("value").Should().Be("21:30"));
        settings.Find("#webhook").GetAttribute("value").Should().Be("https://example.org/hook");
        settings.Find("[data-testid=reminder-webhook]").HasAttribute("disabled").Should().BeFalse();
    }

    [Fact]
    public void A_token_shows_its_secret_once()
    {
        var made = new TokenView(Guid.NewGuid(), "backup", ["tasks:read"], Time.GetUtcNow(), Time.GetUtcNow().AddDays(90), null, "todo_pat_secret");
        Server.Answer = (method, _, _) => method == "GET" ? (HttpStatusCode.OK, "[]") : (HttpStatusCode.Created, Api.Json(made));
        var settings = Render<TokenSettings>();

        settings.Find("[data-testid=token-name]").Input("backup");
        settings.Find(".token-form").Submit();
        settings.Find("[data-testid=token-secret]").TextContent.Should().Be("todo_pat_secret");
        settings.FindAll(".notice button")[1].Click();

        settings.Markup.Should().Contain("backup").And.NotContain("todo_pat_secret");
        Server.Asked.Should().Contain(asked => asked.Method == "POST" && asked.Body.Contains("\"scopes\":[\"tasks:read\"]") && asked.Body.Contains("\"days\":90"));
    }

    [Fact]
    public void A_wrong_password_says_so_and_keeps_what_was_typed()
    {
        Server.Refuse("current", "This is not your password.");
        var settings = Render<AccountSettings>();

        settings.Find("[data-testid=password-current]").Input("wrong");
        settings.Find("[data-testid=password-next]").Input("a new long one");
        settings.Find("[data-testid=change-password] form").Submit();

        settings.Find("#password-problem").TextContent.Should().Be("This is not your password.");
        settings.Find("[data-testid=password-next]").GetAttribute("value").Should().Be("a new long one");
    }

    [Fact]
    public void Deleting_the_account_asks_for_the_password_first()
    {
        var settings = Render<AccountSettings>();
        settings.Find("[data-testid=delete-sure]").HasAttribute("disabled").Should().BeTrue();

        settings.Find("[data-testid=delete-password]").Input("secret");
        settings.Find("[data-testid=delete-account] form").Submit();

        Server.Asked.Should().Contain(("DELETE", "account", """{"password":"secret"}"""));
    }

    [Fact]
    public void A_webhook_needs_an_address_of_the_web()
    {
        var settings = Render<NotificationSettings>();
        settings.Find("[data-testid=reminder-webhook]").HasAttribute("disabled").Should().BeTrue();

        settings.Find("[data-testid=webhook-url]").Change("ftp://example.org");
        settings.Find("#webhook-problem").TextContent.Should().Contain("https://");
        settings.Find("[data-testid=webhook-url]").Change("https://example.org/hook");

        Server.Asked.Should().ContainSingle(asked => asked.Method == "PUT" && asked.Body.Contains("https://example.org/hook"));
    }

    [Fact]
    public void A_webhooks_secret_shows_when_asked_for()
    {
        Server.Answer = (method, path, _) => path.StartsWith("account/webhook-secret", StringComparison.Ordinal)
            ? (HttpStatusCode.OK, Api.Json(new WebhookSecret(method == "GET" ? "whsec_old" : "whsec_new", 1, Time.GetUtcNow()))) : (HttpStatusCode.NoContent, "");
        var settings = Render<WebhookSettings>();
        settings.FindAll("[data-testid=show-secret]").Should().BeEmpty("there is nothing to sign without an address");
        settings.Find("[data-testid=webhook-url]").Change("https://example.org/hook");

        settings.Find("[data-testid=show-secret]").Click();
        settings.Find("[data-testid=webhook-secret]").TextContent.Should().Be("whsec_old");
        settings.Find("[data-testid=rotate-secret]").Click();

        settings.Find("[data-testid=webhook-secret]").TextContent.Should().Be("whsec_new");
    }

    private SessionView ASession(string browser, Guid sessionId, bool current) => new(sessionId, browser, Time.GetUtcNow(), Time.GetUtcNow(), current);
}

using System.Net;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Todo.Contracts.Account;
using Todo.Web.Account;
using Todo.Web.Http;

namespace Todo.Web.Tests.Account;

public sealed class DoorTests : PageTest
{
    private const string Over = "This link does not count any more.";

    private BunitNavigationManager Navigation => (BunitNavigationManager)Get<NavigationManager>();

    [Fact]
    public void Who_signed_up_is_sent_to_their_mail_and_can_have_it_sent_again()
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.Accepted, "");
        var page = SignUp("ana@example.org");

        page.Find("h1").TextContent.Should().Be("Look into your mail");
        page.Find("[data-testid=mailed] strong").TextContent.Should().Be("ana@example.org");
        page.Find("[data-testid=send-again]").Click();

        page.Find("[data-testid=sent-again]").TextContent.Should().Be("Sent again.");
        Server.Asked.Should().HaveCount(2).And.OnlyContain(asked => asked.Path == "account/sign-up" && asked.Body.Contains("\"email\":\"ana@example.org\"") && asked.Body.Contains("Europe/Berlin"));
        Navigation.History.Where(went => went.Uri.Contains("today")).Should().BeEmpty("nobody is signed in yet");
    }

    [Fact]
    public void A_mistyped_address_can_be_typed_again()
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.Accepted, "");
        var page = SignUp("ana@exmaple.org");

        page.Find("[data-testid=other-address]").Click();

        page.Find("[data-testid=email]").GetAttribute("value").Should().Be("ana@exmaple.org");
    }

    [Fact]
    public void Where_addresses_are_not_confirmed_signing_up_is_one_step()
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(AnAccount));

        SignUp("ana@example.org");

        Navigation.Uri.Should().EndWith("/today");
    }

    [Fact]
    public void Sent_again_too_often_is_said()
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.Accepted, "");
        var page = SignUp("ana@example.org");
        Server.Answer = (_, _, _) => (HttpStatusCode.TooManyRequests, """{"detail":"Too many requests; wait a moment."}""");

        page.Find("[data-testid=send-again]").Click();

        page.Find("[role=alert]").TextContent.Should().Contain("wait a moment");
        page.FindAll("[data-testid=sent-again]").Should().BeEmpty();
    }

    [Fact]
    public void The_link_and_the_password_confirm_and_sign_in_and_the_link_leaves_the_history()
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(AnAccount));
        Navigation.NavigateTo("confirm#a-token_1");
        var page = Render<ConfirmPage>();

        page.Find("[data-testid=password]").Change("correct horse battery");
        page.Find("form").Submit();

        Server.Asked.Should().Equal(("POST", "account/confirm", """{"token":"a-token_1","password":"correct horse battery"}"""));
        Get<Session>().Account!.Email.Should().Be("ana@example.org");
        Navigation.History.Last().Options.ReplaceHistoryEntry.Should().BeTrue();
    }

    [Fact]
    public void A_wrong_password_leaves_the_link_as_it_is()
    {
        Navigation.NavigateTo("confirm#a-token");
        var page = Render<ConfirmPage>();
        Server.Refuse("password", "That is not the password chosen at sign-up.");

        page.Find("[data-testid=password]").Change("something else");
        page.Find("form").Submit();

        page.Find("#password-problem").TextContent.Should().Contain("not the password");
        page.Find("[data-testid=confirm]").HasAttribute("disabled").Should().BeFalse();
    }

    [Fact]
    public void A_link_that_is_over_says_so_and_shows_ways_on()
    {
        Navigation.NavigateTo("confirm#a-token");
        var page = Render<ConfirmPage>();
        Server.Refuse("token", Over);

        page.Find("[data-testid=password]").Change("correct horse battery");
        page.Find("form").Submit();

        page.Find("[data-testid=link-over]").TextContent.Should().Be(Over);
        page.FindAll("a").Select(a => a.GetAttribute("href")).Should().Equal("sign-in", "sign-up", "forgot-password");

        Navigation.NavigateTo("confirm#a-later-token");

        page.WaitForElement("[data-testid=confirm]");
    }

    [Fact]
    public void A_link_that_was_cut_off_asks_the_server_nothing()
    {
        Navigation.NavigateTo("reset-password");
        var page = Render<ResetPasswordPage>();

        page.Find("[data-testid=link-over]").TextContent.Should().Contain("not whole");
        page.FindAll("form").Should().BeEmpty();
    }

    [Fact]
    public void Forgotten_it_says_the_same_whoever_asks()
    {
        Server.Answer = (_, _, _) => (HttpStatusCode.Accepted, "");
        var page = Render<ForgotPasswordPage>();

        page.Find("[data-testid=email]").Change(" ana@example.org ");
        page.Find("form").Submit();

        page.Find("[data-testid=mailed]").TextContent.Should().StartWith("If ana@example.org has an account here");
        Server.Asked.Should().Equal(("POST", "account/forgot-password", """{"email":"ana@example.org"}"""));
    }

    [Fact]
    public void A_new_password_is_set_and_tokens_are_revoked_when_wished()
    {
        Navigation.NavigateTo("reset-password#a-token");
        var page = Render<ResetPasswordPage>();

        page.Find("[data-testid=password]").Change("a new password");
        page.Find("[data-testid=revoke-tokens]").Change(true);
        page.Find("form").Submit();

        Server.Asked.Should().Equal(("POST", "account/reset-password", """{"token":"a-token","password":"a new password","revokeTokens":true}"""));
        page.Find("[data-testid=reset-done]").TextContent.Should().Contain("Every browser was signed out");
        Get<Session>().Account.Should().BeNull();
    }

    private static AccountView AnAccount => new() { UserId = Guid.NewGuid(), Email = "ana@example.org" };

    private IRenderedComponent<SignInPage> SignUp(string email)
    {
        Navigation.NavigateTo("sign-up");
        var page = Render<SignInPage>();
        page.Find("[data-testid=email]").Change(email);
        page.Find("[data-testid=password]").Change("correct horse battery");
        page.Find("form").Submit();
        return page;
    }
}

using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;
using Todo.Api.Storage;
using Todo.Api.Tests.Commands;
using Todo.Contracts;
using Todo.Contracts.Account;
using Todo.Testing;
using static Todo.Api.Tests.Identity.ConfirmingFixture;

namespace Todo.Api.Tests.Identity;

public sealed class ConfirmAddressTests(ConfirmingFixture api) : IClassFixture<ConfirmingFixture>
{
    [Fact]
    public async Task A_free_address_and_a_taken_one_get_the_same_answer_to_the_byte_and_different_mails()
    {
        var (ana, free) = (await api.ConfirmedAsync(), NewAddress());

        var toFree = await Answers.AsSeenAsync(await api.SignUpAsync(free));
        var toTaken = await Answers.AsSeenAsync(await api.SignUpAsync(ana.Account.Email, "some other password"));

        toTaken.Should().Be(toFree).And.StartWith("202 ").And.NotContain("Set-Cookie");
        (await Eventually.Get(() => api.Mail.To(free), mails => mails.Count == 1)).Single().Subject.Should().StartWith("Confirm");
        (await Eventually.Get(() => api.Mail.To(ana.Account.Email), mails => mails.Count == 2))[1].Subject.Should().Contain("already");
        (await api.SignInAsync(ana.Account.Email)).StatusCode.Should().Be(HttpStatusCode.OK, "nothing has changed for her");
    }

    [Fact]
    public async Task There_is_an_account_once_the_link_was_followed()
    {
        var email = NewAddress();
        await api.SignUpAsync(email);
        var token = await api.MailedTokenAsync(email, "confirm");
        (await api.SignInAsync(email)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using var log = new TopicLog(api.BootstrapServers, Topics.UserEvents);

        var (browser, confirmedAt) = (api.Browser(), DateTimeOffset.UtcNow);
        var account = await Person.ReadAsync<AccountView>(await ConfirmAsync(browser, token));

        account.Email.Should().Be(email);
        (await browser.GetAsync("/api/v1/account")).StatusCode.Should().Be(HttpStatusCode.OK);
        var told = await log.FirstAsync((_, one) => (string?)one["data"]?["email"] == email);
        ((DateTimeOffset)told["data"]!["occurredAt"]!).Should().BeOnOrAfter(confirmedAt.AddMilliseconds(-1), "nobody is told of an address before it is confirmed");
        (await api.SignInAsync(email)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_link_counts_once()
    {
        var email = NewAddress();
        await api.SignUpAsync(email);
        var token = await api.MailedTokenAsync(email, "confirm");
        (await ConfirmAsync(api.Browser(), token)).StatusCode.Should().Be(HttpStatusCode.OK);

        var again = await ConfirmAsync(api.Browser(), token);

        (await Answers.RefusesAsync(again, "token")).Should().NotBeNull();
    }

    [Fact]
    public async Task The_link_counts_for_a_day()
    {
        var email = NewAddress();
        await api.SignUpAsync(email);
        var token = await api.MailedTokenAsync(email, "confirm");
        var options = api.Api.Services.GetRequiredService<IOptions<DataProtectionTokenProviderOptions>>().Value;
        options.TokenLifespan.Should().Be(TimeSpan.FromDays(1));
        options.TokenLifespan = TimeSpan.FromTicks(-1); // the day is over
        try
        {
            (await Answers.RefusesAsync(await ConfirmAsync(api.Browser(), token), "token")).Should().NotBeNull();
        }
        finally
        {
            options.TokenLifespan = TimeSpan.FromDays(1);
        }
    }

    [Fact]
    public async Task The_link_without_the_password_opens_nothing_and_stays_good()
    {
        var email = NewAddress();
        await api.SignUpAsync(email);
        var token = await api.MailedTokenAsync(email, "confirm");

        (await Answers.RefusesAsync(await ConfirmAsync(api.Browser(), token, "a guess or two"), "password")).Should().NotBeNull();

        (await ConfirmAsync(api.Browser(), token)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_signs_up_last_decides_the_password_and_earlier_links_end()
    {
        var email = NewAddress();
        await api.SignUpAsync(email, "chosen by a stranger");
        var first = await api.MailedTokenAsync(email, "confirm");
        await api.SignUpAsync(email);
        var second = await api.MailedTokenAsync(email, "confirm", 2);

        (await Answers.RefusesAsync(await ConfirmAsync(api.Browser(), first, "chosen by a stranger"), "token")).Should().NotBeNull();

        (await ConfirmAsync(api.Browser(), second)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sent_again_both_links_are_good_until_one_is_used()
    {
        var email = NewAddress();
        await api.SignUpAsync(email);
        var first = await api.MailedTokenAsync(email, "confirm");
        await api.SignUpAsync(email);
        var second = await api.MailedTokenAsync(email, "confirm", 2);

        (await ConfirmAsync(api.Browser(), first)).StatusCode.Should().Be(HttpStatusCode.OK);

        (await Answers.RefusesAsync(await ConfirmAsync(api.Browser(), second), "token")).Should().NotBeNull();
    }

    [Fact]
    public async Task Signing_in_before_confirming_tells_nothing()
    {
        var waiting = NewAddress();
        await api.SignUpAsync(waiting);
        await api.MailedTokenAsync(waiting, "confirm");

        var right = await Answers.AsSeenAsync(await api.SignInAsync(waiting));

        right.Should().StartWith("401 ").And.Contain("look into your mail");
        (await Answers.AsSeenAsync(await api.SignInAsync(waiting, "not this one"))).Should().Be(right);
        (await Answers.AsSeenAsync(await api.SignInAsync(NewAddress()))).Should().Be(right);
    }

    [Fact]
    public async Task A_mail_leads_to_our_own_address_whatever_the_request_said_and_offers_nothing_to_unsubscribe()
    {
        var email = NewAddress();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/account/sign-up") { Content = JsonContent.Create(new SignUpRequest(email, Person.Password)) };
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        await api.Browser().SendAsync(request);

        var mail = (await Eventually.Get(() => api.Mail.To(email), mails => mails.Count == 1)).Single();

        mail.ToString().Should().NotContain("evil.example");
        mail.TextBody.Should().Contain("http://todo.test/confirm#");
        mail.HtmlBody.Should().Contain("<a href=\"http://todo.test/confirm#");
        mail.Headers.Should().NotContain(header => header.Id == HeaderId.ListUnsubscribe);
        mail.Headers["Auto-Submitted"].Should().Be("auto-generated");
    }

    [Fact]
    public async Task Nobodys_mailbox_is_flooded()
    {
        var email = NewAddress();
        for (var i = 0; i < 9; i++)
            await api.SignUpAsync(email);

        await api.Browser().PostAsJsonAsync("/api/v1/account/forgot-password", new ForgotPasswordRequest(email));
        await api.MailedTokenAsync(email, "reset-password"); // for one address all goes in order: what was asked before is done

        api.Mail.To(email).Should().HaveCount(6 + 1, "another kind is counted by itself");
    }

    [Fact]
    public async Task A_new_password_by_mail_confirms_the_address_too()
    {
        var email = NewAddress();
        await api.SignUpAsync(email, "chosen by a stranger");
        await api.MailedTokenAsync(email, "confirm");
        await api.Browser().PostAsJsonAsync("/api/v1/account/forgot-password", new ForgotPasswordRequest(email));
        var token = await api.MailedTokenAsync(email, "reset-password");

        var reset = await api.Browser().PostAsJsonAsync("/api/v1/account/reset-password", new ResetPasswordRequest(token, Person.Password));

        reset.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await api.SignInAsync(email)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_sign_up_that_nobody_confirmed_is_forgotten_after_a_week()
    {
        var (ana, email) = (await api.ConfirmedAsync(), NewAddress());
        await api.SignUpAsync(email);
        await api.MailedTokenAsync(email, "confirm");
        string[] both = [ana.Account.Email, email];
        var (upkeep, weekAgo) = (api.Api.Services.GetRequiredService<Upkeep>(), DateTimeOffset.UtcNow.AddDays(-8));

        await upkeep.RunAsync(CancellationToken.None);
        var before = await api.InStorageAsync(db => db.Users.Where(u => both.Contains(u.Email)).ExecuteUpdateAsync(set => set.SetProperty(u => u.CreatedAt, weekAgo)));
        await upkeep.RunAsync(CancellationToken.None);

        before.Should().Be(2);
        (await api.InStorageAsync(db => db.Users.Where(u => both.Contains(u.Email)).Select(u => u.Email).ToListAsync())).Should().Equal(ana.Account.Email);
    }
}

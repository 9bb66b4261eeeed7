using System.Text.RegularExpressions;
using MimeKit;
using Todo.Testing;

namespace Todo.EndToEnd.Tests.Journeys;

public sealed class ForgottenPasswordTests(RunningSystem system, Chromium chromium) : Journey(system, chromium)
{
    private const string New = "another one to remember";

    [Fact]
    public async Task From_a_forgotten_password_through_the_mail_to_a_new_one()
    {
        using var person = await Person.SignUpAsync(Running);
        var page = await ArriveAsync();
        await page.GotoAsync("/sign-in");
        await page.ByTest("go-forgot").ClickAsync();
        await page.ByTest("email").FillAsync(person.Email);
        await page.ByTest("forgot").ClickAsync();
        await page.ByTest("mailed").SaysAsync(person.Email);

        await page.GotoAsync("about:blank"); // a mail program opens the link anew
        await page.GotoAsync(await Eventually.Get(() => LinkTo(person.Email), link => link.Length > 0, TimeSpan.FromMinutes(1)));
        await page.ByTest("password").FillAsync(New);
        await page.ByTest("reset").ClickAsync();
        await page.ByTest("reset-done").SeesAsync();
        await page.ByTest("go-sign-in").ClickAsync();
        await page.ByTest("email").FillAsync(person.Email);
        await page.ByTest("password").FillAsync(New);
        await page.ByTest("sign-in").ClickAsync();

        await page.GetByText("Nothing due today").SeesAsync();
        page.Url.Should().NotContain("#");
        await new Func<Task>(() => person.OpenAsync()).Should().ThrowAsync<HttpRequestException>("the browser from before is signed out").WithMessage("*401*");
    }

    private string LinkTo(string email) => Directory.GetFiles(Running.MailFolder, "*.eml").Select(file => MimeMessage.Load(file))
        .Where(mail => mail.To.Mailboxes.Any(to => to.Address == email))
        .Select(mail => Regex.Match(mail.TextBody ?? "", @"http\S+/reset-password#\S+").Value)
        .FirstOrDefault(link => link.Length > 0) ?? "";
}

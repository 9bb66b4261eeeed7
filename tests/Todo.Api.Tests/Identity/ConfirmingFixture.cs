using System.Net;
using System.Net.Http.Json;
using Todo.Contracts.Account;

namespace Todo.Api.Tests.Identity;

/// <summary>An Api whose operator left confirming on.</summary>
public sealed class ConfirmingFixture : ApiFixture
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Accounts:ConfirmAddresses"] = "true" };

    internal static string NewAddress() => $"{Guid.NewGuid():N}@example.org";

    internal async Task<HttpResponseMessage> SignUpAsync(string email, string password = Person.Password) =>
        await Browser().PostAsJsonAsync("/api/v1/account/sign-up", new SignUpRequest(email, password, "Europe/Paris"), Person.Json);

    internal async Task<HttpResponseMessage> SignInAsync(string email, string password = Person.Password) =>
        await Browser().PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest(email, password), Person.Json);

    /// <summary>Somebody who signed up and followed the link.</summary>
    internal async Task<Person> ConfirmedAsync()
    {
        var email = NewAddress();
        (await SignUpAsync(email)).StatusCode.Should().Be(HttpStatusCode.Accepted);
        var browser = Browser();
        browser.DefaultRequestHeaders.Add("X-Zone", "Europe/Paris");
        var answer = await ConfirmAsync(browser, await MailedTokenAsync(email, "confirm"));
        return new Person(browser, await Person.ReadAsync<AccountView>(answer));
    }

    internal static Task<HttpResponseMessage> ConfirmAsync(HttpClient browser, string token, string password = Person.Password) =>
        browser.PostAsJsonAsync("/api/v1/account/confirm", new ConfirmAddressRequest(token, password), Person.Json);
}

using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Todo.Api.Identity;
using Todo.Contracts.Account;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Identity;

public sealed class DemoUserTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_demo_user_is_made_once_is_an_operator_and_has_something_to_do()
    {
        await MakeAsync("demo@example.org");
        var browser = api.Browser();
        var account = await Person.ReadAsync<AccountView>(await browser.PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest("demo@example.org", Person.Password), Person.Json));
        var demo = new Person(browser, account);
        var first = await demo.GetAsync<TaskPage>("/api/v1/tasks?view=open");

        await MakeAsync("demo@example.org");

        account.Roles.Should().Contain(IdentitySetup.Operator);
        first.Items.Should().NotBeEmpty();
        (await demo.GetAsync<TaskPage>("/api/v1/tasks?view=open")).Items.Should().HaveSameCount(first.Items);
    }

    [Fact]
    public async Task Without_settings_there_is_no_demo_user()
    {
        await MakeAsync(null);

        var answer = await api.Browser().PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest("nobody@example.org", Person.Password), Person.Json);
        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private async Task MakeAsync(string? email)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Demo:User"] = email, ["Demo:Password"] = Person.Password }).Build();
        using var demo = new DemoUser(api.Api.Services.GetRequiredService<IServiceScopeFactory>(), settings, TimeProvider.System, NullLogger<DemoUser>.Instance);
        await demo.StartAsync(CancellationToken.None);
        await demo.ExecuteTask!;
    }
}

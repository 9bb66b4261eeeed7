using System.Text;
using Bunit;
using Todo.Web.Http;

namespace Todo.Web.Tests.Http;

public sealed class EarlyAnswersTests : PageTest
{
    private readonly HttpClient _http;

    public EarlyAnswersTests()
    {
        _http = new(new EarlyAnswers(JSInterop.JSRuntime) { InnerHandler = Server }) { BaseAddress = new("http://todo.test/") };
        Server.Answer = (_, _, _) => (System.Net.HttpStatusCode.OK, "asked just now");
        JSInterop.Setup<byte[]?>("early.take", "labels").SetResult(Encoding.UTF8.GetBytes("asked early"));
        JSInterop.Setup<byte[]?>("early.take", "filters").SetResult([]);
    }

    [Fact]
    public async Task What_was_asked_early_is_not_asked_again()
    {
        (await _http.GetStringAsync("api/v1/labels")).Should().Be("asked early");

        Server.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_not_asked_early_or_not_answered_well_is_asked_now()
    {
        (await _http.GetStringAsync("api/v1/filters")).Should().Be("asked just now");

        Server.Asked.Should().ContainSingle();
    }

    [Fact]
    public async Task After_a_write_nothing_counts_that_was_asked_before_it()
    {
        await _http.PostAsync("api/v1/account/sign-out", null);

        (await _http.GetStringAsync("api/v1/labels")).Should().Be("asked just now");
    }
}

using Bunit;
using Todo.Web.Http;
using Todo.Web.Layout;

namespace Todo.Web.Tests.Http;

public sealed class PaintFirstTests : PageTest
{
    private readonly HttpClient _http;
    private readonly JSRuntimeInvocationHandler _painted;

    public PaintFirstTests()
    {
        _http = new(new PaintFirst(Get<Browser>()) { InnerHandler = Server }) { BaseAddress = new("http://todo.test/") };
        _painted = Module.SetupVoid("painted");
        Server.Answer = (_, _, _) => (System.Net.HttpStatusCode.OK, "");
    }

    [Fact]
    public async Task A_write_goes_out_when_the_page_shows_it()
    {
        var sending = _http.PostAsync("api/v1/tasks", null, Xunit.TestContext.Current.CancellationToken);
        Server.Asked.Should().BeEmpty();

        _painted.SetVoidResult();
        await sending;

        Server.Asked.Should().ContainSingle();
    }

    [Fact]
    public async Task A_reading_waits_for_nothing()
    {
        await _http.GetStringAsync("api/v1/tasks", Xunit.TestContext.Current.CancellationToken);

        Server.Asked.Should().ContainSingle();
    }
}

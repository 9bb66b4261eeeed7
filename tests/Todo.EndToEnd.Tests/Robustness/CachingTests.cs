using System.Net.Http.Headers;

namespace Todo.EndToEnd.Tests.Robustness;

/// <summary>What a browser may keep of the client. That names with a hash are kept for ever only a published client shows; see docs/client.md.</summary>
public sealed class CachingTests(RunningSystem system)
{
    [Theory]
    [InlineData("")]
    [InlineData("today")]
    [InlineData("projects/01a21a01-0506-7760-9469-11c145ff73c1")]
    [InlineData("index.html")]
    [InlineData("sw.js")]
    [InlineData("js/todo.js")]
    [InlineData("css/tokens.css")]
    [InlineData("_framework/blazor.webassembly.js")]
    [InlineData("_framework/dotnet.js")]
    public async Task A_plain_name_is_asked_for_each_time(string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync($"{system.Address}/{path}", TestContext.Current.CancellationToken);

        answer.IsSuccessStatusCode.Should().BeTrue();
        answer.Headers.CacheControl.Should().BeEquivalentTo(new CacheControlHeaderValue { NoCache = true });
    }
}

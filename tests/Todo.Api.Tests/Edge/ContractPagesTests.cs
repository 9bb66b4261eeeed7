using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Todo.Api.Tests.Edge;

public sealed partial class ContractPagesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_page_is_there_for_everybody_and_every_link_of_it_leads_somewhere()
    {
        var browser = api.Browser();
        var answer = await browser.GetAsync("/contracts");
        var page = await answer.Content.ReadAsStringAsync();

        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        page.Should().Contain("todo.task.created.v1");
        foreach (var link in Links().Matches(page).Select(match => match.Groups[1].Value).Distinct())
        {
            if (link.StartsWith('#'))
                page.Should().Contain($"id=\"{link[1..]}\"");
            else
                (await browser.GetAsync(link)).StatusCode.Should().Be(HttpStatusCode.OK, link);
        }
    }

    [Fact]
    public async Task The_page_needs_nothing_that_the_policy_of_this_site_forbids()
    {
        var answer = await api.Browser().GetAsync("/contracts");

        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("style-src 'self'").And.NotContain("script-src 'self' 'unsafe-inline'");
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("<script").And.NotContain("style=").And.NotContain("<style").And.NotContain("src=\"http");
    }

    [Fact]
    public async Task Documents_and_schemas_say_what_they_are_and_what_is_not_there_is_not_found()
    {
        var browser = api.Browser();

        (await browser.GetAsync("/contracts/asyncapi.yaml")).Content.Headers.ContentType!.MediaType.Should().Be("application/yaml");
        JsonNode.Parse(await browser.GetStringAsync("/contracts/asyncapi.json"))!["asyncapi"]!.GetValue<string>().Should().Be("3.0.0");
        var schema = await browser.GetAsync("/contracts/schemas/todo.task.created.v1.json");
        schema.Content.Headers.ContentType!.MediaType.Should().Be("application/schema+json");
        (await browser.GetAsync("/contracts/schemas/..%2f..%2fappsettings.json")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/contracts/schemas/todo.task.created.v1.json");
        again.Headers.IfNoneMatch.Add(schema.Headers.ETag!);
        (await browser.SendAsync(again)).StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Links();
}

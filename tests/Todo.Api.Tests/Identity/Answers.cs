using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using System.Net.Http.Json;

namespace Todo.Api.Tests.Identity;

/// <summary>What somebody who compares answers sees of one.</summary>
internal static class Answers
{
    /// <summary>Status, headers and body, to the byte; of a problem without the id of its trace, which differs with every request.</summary>
    public static async Task<string> AsSeenAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            var problem = JsonNode.Parse(body)!.AsObject();
            problem.Remove("traceId").Should().BeTrue();
            body = problem.ToJsonString();
            answer.Content.Headers.ContentLength = null;
        }

        return $"{(int)answer.StatusCode} {answer.ReasonPhrase}\n{answer.Headers}{answer.Content.Headers}\n{body}";
    }

    /// <summary>What a refusal says against a field.</summary>
    public static async Task<string?> RefusesAsync(HttpResponseMessage answer, string field)
    {
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.BadRequest, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<ValidationProblemDetails>())!.Errors.TryGetValue(field, out var said) ? said.Single() : null;
    }
}

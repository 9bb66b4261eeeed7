using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Todo.Contracts;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Edge;

/// <summary>The guard over all other tests' answers, seen red: every way in which an answer can differ from the reference is caught.</summary>
public sealed class ContractHandlerTests
{
    private static readonly string Path = $"/api/v1/tasks/{Guid.NewGuid()}";

    [Fact]
    public async Task An_answer_as_the_reference_shows_it_passes() =>
        await AnswerAsync(HttpStatusCode.OK, Task());

    [Theory]
    [InlineData("title")]
    [InlineData("state")]
    [InlineData("priority")]
    [InlineData("labels")]
    [InlineData("reminders")]
    [InlineData("version")]
    public async Task A_field_that_is_missing_is_caught(string field)
    {
        var task = Task();
        task.Remove(field).Should().BeTrue();

        await IsCaughtAsync(HttpStatusCode.OK, task, field);
    }

    [Fact]
    public async Task A_field_that_is_missing_within_a_list_is_caught()
    {
        var task = Task();
        task.Remove("version");

        await IsCaughtAsync(HttpStatusCode.OK, new JsonObject { ["items"] = new JsonArray(task) }, "version", path: "/api/v1/tasks");
    }

    [Fact]
    public async Task A_field_that_the_reference_does_not_name_is_caught()
    {
        var task = Task();
        task["secret"] = "x";

        await IsCaughtAsync(HttpStatusCode.OK, task, "secret");
    }

    [Theory]
    [InlineData("version", "\"one\"")]
    [InlineData("state", "\"begun\"")]
    [InlineData("labels", "{}")]
    [InlineData("due", "\"2026-11-11\"")]
    public async Task A_value_of_another_shape_is_caught(string field, string value)
    {
        var task = Task();
        task[field] = JsonNode.Parse(value);

        await IsCaughtAsync(HttpStatusCode.OK, task, field);
    }

    [Theory]
    [InlineData(HttpStatusCode.Accepted)]
    [InlineData(HttpStatusCode.Gone)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_status_that_the_reference_does_not_list_is_caught(HttpStatusCode status) =>
        await IsCaughtAsync(status, Task(), "the reference does not say so");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/problem+json")]
    public async Task Another_content_type_is_caught(string mediaType) =>
        await IsCaughtAsync(HttpStatusCode.OK, Task(), "application/json", mediaType);

    [Fact]
    public async Task A_problem_that_is_plain_JSON_is_caught() =>
        await IsCaughtAsync(HttpStatusCode.NotFound, new JsonObject { ["title"] = "Not Found", ["status"] = 404, ["traceId"] = "1" }, "application/problem+json");

    [Fact]
    public async Task A_body_where_none_is_shown_and_none_where_one_is_are_caught()
    {
        await IsCaughtAsync(HttpStatusCode.NoContent, Task(), "no body", path: "/api/v1/account/sessions", method: HttpMethod.Delete);
        await IsCaughtAsync(HttpStatusCode.OK, null, "application/json");
    }

    private static async Task IsCaughtAsync(HttpStatusCode status, JsonObject? body, string why, string mediaType = "application/json", string? path = null, HttpMethod? method = null)
    {
        var act = () => AnswerAsync(status, body, mediaType, path, method);

        (await act.Should().ThrowAsync<Exception>()).Which.Message.Should().Contain(why);
    }

    private static async Task AnswerAsync(HttpStatusCode status, JsonObject? body, string mediaType = "application/json", string? path = null, HttpMethod? method = null)
    {
        var answer = new HttpResponseMessage(status);
        if (body is not null)
            answer.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, mediaType);
        using var http = new HttpClient(new ContractHandler(new()) { InnerHandler = new Answering(answer) }) { BaseAddress = new Uri("http://localhost") };
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path ?? Path);
        (await http.SendAsync(request)).Dispose();
    }

    private static JsonObject Task() => JsonSerializer.SerializeToNode(
        new TaskView { TaskId = Guid.NewGuid(), OwnerId = Guid.NewGuid(), Title = "Pay rent", Version = 1, Due = new Due(new DateOnly(2026, 12, 1)) }, ContractsJson.Default.TaskView)!.AsObject();

    private sealed class Answering(HttpResponseMessage answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => System.Threading.Tasks.Task.FromResult(answer);
    }
}

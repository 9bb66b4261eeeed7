using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Todo.Api.Tests.Edge;

public sealed class ApiDescriptionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    /// <summary>What strangers may call.</summary>
    private static readonly string[] Doors = [.. new[] { "sign-in", "sign-up", "confirm", "forgot-password", "reset-password" }.Select(door => $"post /api/v1/account/{door}")];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The document is what others build on: a change of it is to be seen in review. TODO_UPDATE_SNAPSHOTS=1 writes it anew.</summary>
    [Fact]
    public async Task The_description_of_the_api_is_the_one_that_was_agreed()
    {
        var document = JsonNode.Parse(await api.Browser().GetStringAsync("/openapi/v1.json"))!;
        document.AsObject().Remove("servers");
        var text = document.ToJsonString(Indented) + "\n";
        var file = Path.Combine(Folder(), "openapi.v1.json");
        if (Environment.GetEnvironmentVariable("TODO_UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, text);

        text.Should().Be(await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task The_reference_page_and_its_document_need_no_key()
    {
        var browser = api.Browser();

        (await browser.GetAsync("/scalar/")).IsSuccessStatusCode.Should().BeTrue();
        (await browser.GetStringAsync("/openapi/v1.json")).Should().Contain("/api/v1/tasks/{taskId}/complete");
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_protect_it()
    {
        var answer = await api.Browser().GetAsync("/api/v1/account");

        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("frame-ancestors 'none'").And.NotContain("script-src 'self' 'unsafe-inline'");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        answer.Headers.Contains("Server").Should().BeFalse();
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_a_sentence_a_lock_and_its_refusals()
    {
        var document = JsonNode.Parse(await api.Browser().GetStringAsync("/openapi/v1.json"))!;
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => (Name: $"{one.Key} {path.Key}", Says: one.Value!))).ToList();

        operations.Select(one => (string?)one.Says["operationId"]).Should().OnlyHaveUniqueItems().And.NotContainNulls();
        foreach (var (name, says) in operations)
        {
            ((string?)says["summary"]).Should().NotBeNullOrEmpty(name);
            says["responses"]!["401"].Should().NotBeNull(name);
            says["responses"]!["429"].Should().NotBeNull(name);
            (says["security"] is JsonArray { Count: > 0 } || Doors.Contains(name)).Should().BeTrue(name);
            (says["requestBody"] is null || says["requestBody"]!["content"]!["application/json"]!["example"] is not null).Should().BeTrue($"{name} shows a body");
        }
    }

    [Fact]
    public async Task Every_parameter_field_and_answer_is_explained()
    {
        var document = JsonNode.Parse(await api.Browser().GetStringAsync("/openapi/v1.json"))!;
        var parameters = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().SelectMany(one =>
            (one.Value!["parameters"]?.AsArray() ?? []).Select(parameter => ($"{one.Key} {path.Key} {parameter!["name"]}", (string?)parameter["description"]))));
        var schemas = document["components"]!["schemas"]!.AsObject();
        var types = schemas.Select(schema => (schema.Key, (string?)schema.Value!["description"]));
        var fields = schemas.SelectMany(schema => (schema.Value!["properties"]?.AsObject() ?? []).Select(field => ($"{schema.Key}.{field.Key}", (string?)field.Value!["description"])));

        parameters.Concat(types).Concat(fields).Where(one => string.IsNullOrEmpty(one.Item2)).Select(one => one.Item1).Should().BeEmpty();
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

using System.Text;
using System.Text.Json.Nodes;

namespace Todo.Api.Tests.Edge;

public sealed class HostileInputTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "9999999999999999999", "\"\"", "\"a\"", "\"\\u0000\"", "\"\\ud800\"", "\"\ufffd\"", "[]", "[null]", "[[]]", "{}", "{\"date\":\"9999-12-31\"}",
        "{\"date\":\"2026-05-11\",\"time\":\"25:00\"}", "{\"date\":\"2026-05-11\",\"time\":\"09:00\",\"zone\":\"Nowhere/Land\"}", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59+14:00\"", "\"2026-05-11\"",
        "{\"rule\":\"FREQ=DAILY;INTERVAL=0\"}", "{\"rule\":null}", "[{\"reminderId\":\"11111111-1111-1111-1111-111111111111\",\"at\":\"0001-01-01T00:00:00Z\"}]", "\"'; drop table tasks.tasks; --\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"%\"", "\"*\"", "[\"a\",\"a\",null]", "{\"commands\":[null]}", "[{\"verb\":\"create\",\"taskId\":\"22222222-2222-2222-2222-222222222222\"}]", "[{\"verb\":\"fly\"}]", "[{\"place\":\"inbox\",\"group\":99}]", "[{\"place\":\"labels/\\u0000\"}]",
    ];

    private static readonly string[] Fields =
    [
        "title", "notes", "priority", "projectId", "sectionId", "parentId", "labels", "start", "due", "deadline", "estimateMinutes", "reminders", "recurrence", "order", "zone", "taskId",
        "name", "colour", "favourite", "query", "commands", "until", "text", "email", "password", "token", "scopes", "days", "quietHours", "channels", "weekStart", "allDayTime", "webhookUrl", "locale", "archived", "items", "place", "group", "sort", "completed", "__proto__",
    ];

    private static readonly string[] Queries =
    [
        "view=%00", "cursor=%ff%fe", "limit=999999999999", "limit=-5", "filter=%00", "filter=((((", "filter=due:%209999-99-99", "q=%00", "q='%22%3A*%20%26%20!", "label=%00", "projectId=x", "since=-1", "since=9e9",
        "from=0001-01-01&to=9999-12-31", "from=2026-01-01&to=2026-02-01", "type=%00", "taskId=zzz", "filter=created%20before:%202200-12-31", "filter=%23%25_%5C", "filter=@%5C*",
    ];

    [Fact]
    public async Task Ten_thousand_random_bodies_never_break_the_server()
    {
        var ana = await api.SomebodyAsync();
        var task = await ana.AddAsync("target");
        (string Method, string Path)[] routes =
        [
            ("POST", "/api/v1/tasks"), ("PATCH", $"/api/v1/tasks/{task.TaskId}"), ("POST", "/api/v1/bulk"), ("POST", "/api/v1/tasks/quick-add"), ("POST", "/api/v1/projects"),
            ("PATCH", "/api/v1/labels/a%01b"), ("POST", "/api/v1/filters"), ("PATCH", "/api/v1/views"), ("PUT", "/api/v1/preferences"), ("POST", "/api/v1/account/sign-in"),
            ("POST", "/api/v1/account/confirm"), ("POST", "/api/v1/account/forgot-password"), ("POST", "/api/v1/account/reset-password"),
            ("POST", "/api/v1/account/tokens"), ("POST", $"/api/v1/tasks/{task.TaskId}/reminders/{Guid.NewGuid()}/snooze"),
        ];

        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (seed, ct) =>
        {
            var random = new Random(seed);
            var (method, path) = routes[random.Next(routes.Length)];
            var body = Body(random);
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await ana.Http.SendAsync(request, ct);

            ((int)answer.StatusCode).Should().BeLessThan(500, $"{method} {path} {body}");
        });
    }

    [Fact]
    public async Task Random_questions_never_break_the_server()
    {
        var ana = await api.SomebodyAsync();

        foreach (var path in (string[])["/api/v1/tasks", "/api/v1/changes", "/api/v1/calendar", "/api/v1/notifications", "/api/v1/tasks/counts"])
        {
            foreach (var query in Queries)
                ((int)(await ana.Http.GetAsync($"{path}?{query}")).StatusCode).Should().BeLessThan(500, $"{path}?{query}");
        }
    }

    [Theory]
    [InlineData("GET", "tasks?limit=abc", null, "limit", "A whole number.")]
    [InlineData("GET", "tasks?projectId=abc", null, "projectId", "An id such as")]
    [InlineData("GET", "changes?since=x", null, "since", "A whole number.")]
    [InlineData("GET", "calendar", null, "from", "A day such as")]
    [InlineData("GET", "calendar?from=2026-12-01&to=soon", null, "to", "A day such as")]
    [InlineData("GET", "audit?from=yesterday", null, "from", "A moment such as")]
    [InlineData("POST", "tasks", "{bad", "$", "Not JSON from line 1")]
    [InlineData("POST", "tasks", "{\"title\":1}", "title", "Text.")]
    [InlineData("POST", "tasks", "{\"title\":\"a\",\"priority\":\"high\"}", "priority", "A whole number.")]
    [InlineData("POST", "tasks", "{\"title\":\"a\",\"due\":{\"date\":\"1 dec\"}}", "due.date", "A day such as")]
    [InlineData("POST", "tasks", "{\"title\":\"a\",\"recurrence\":{\"rule\":\"now and then\"}}", "recurrence", "every 3 days")]
    [InlineData("POST", "bulk", "{\"commands\":[{\"verb\":\"fly\",\"taskId\":\"0a8e2f52-7c1e-4b7e-8f0e-3f5b0e1d2c3b\"}]}", "commands[0].verb", "create, update, complete")]
    [InlineData("PATCH", "views", "{\"items\":[{\"place\":\"inbox\",\"group\":\"colour\"}]}", "items[0].group", "none, date, priority")]
    [InlineData("PATCH", "views", "{\"items\":[{\"place\":\"inbox\",\"sort\":99}]}", "items[0].sort", "own, date, priority")]
    [InlineData("PATCH", "views", "{\"items\":[{\"place\":\"inbox\"},{\"place\":\"settings\"}]}", "items[1].place", "projects/{projectId}")]
    [InlineData("PATCH", "views", "{\"items\":[null]}", "items[0]", "Must not be null.")]
    [InlineData("PATCH", "views", "{}", "items", "A list of at most 500.")]
    [InlineData("POST", "bulk", "{\"commands\":[{\"verb\":\"complete\"}]}", "commands[0]", "Needs taskId.")]
    public async Task What_could_not_be_read_is_told_by_field_with_what_would_be_right(string method, string path, string? body, string field, string why)
    {
        var ana = await api.SomebodyAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{path}") { Content = body is null ? null : Json(body) };

        var answer = await ana.Http.SendAsync(request);

        ((int)answer.StatusCode).Should().Be(400);
        var text = await answer.Content.ReadAsStringAsync();
        ((string?)JsonNode.Parse(text)!["errors"]?[field]?[0]).Should().Contain(why, text);
    }

    [Fact]
    public async Task A_refusal_that_has_no_fields_says_what_to_do()
    {
        var nobody = await api.Browser().GetAsync("/api/v1/tasks");
        var nothing = await (await api.SomebodyAsync()).Http.GetAsync($"/api/v1/tasks/{Guid.NewGuid()}");

        ((string?)JsonNode.Parse(await nobody.Content.ReadAsStringAsync())!["detail"]).Should().Contain("Authorization: Bearer");
        ((string?)JsonNode.Parse(await nothing.Content.ReadAsStringAsync())!["detail"]).Should().Contain("not yours");
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_too_deep_is_refused()
    {
        var ana = await api.SomebodyAsync();

        var deep = await ana.Http.PostAsync("/api/v1/tasks", Json(new string('[', 5000)));
        var large = await ana.Http.PostAsync("/api/v1/tasks", Json($$"""{"title":"{{new string('a', 100_000)}}"}"""));

        ((int)deep.StatusCode).Should().Be(400);
        ((int)large.StatusCode).Should().Be(400);
    }

    private static string Body(Random random)
    {
        if (random.Next(20) == 0)
            return Values[random.Next(Values.Length)];
        var fields = Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"\"{Fields[random.Next(Fields.Length)]}\":{Values[random.Next(Values.Length)]}");
        var body = $"{{{(random.Next(2) == 0 ? "\"title\":\"t\"," : "")}{string.Join(',', fields)}}}";
        return random.Next(10) == 0 ? body[..random.Next(body.Length)] : body;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}

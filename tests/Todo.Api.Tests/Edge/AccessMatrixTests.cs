using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Todo.Contracts.Account;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests.Edge;

/// <summary>Every route there is, asked by everybody there is. A new route is in the matrix by existing.</summary>
public sealed class AccessMatrixTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] OpenToAll = ["POST /api/v1/account/sign-up", "POST /api/v1/account/sign-in", "POST /api/v1/account/confirm", "POST /api/v1/account/forgot-password", "POST /api/v1/account/reset-password"];

    /// <summary>Routes that answer the same to everybody about what they themselves have: nothing in the path is anybody's.</summary>
    private static readonly string[] NamesNothing = ["{name}"];

    [Fact]
    public void The_matrix_sees_the_routes() => Routes().Should().HaveCountGreaterThan(45);

    [Fact]
    public async Task Without_signing_in_nothing_is_answered()
    {
        var browser = api.Browser();

        foreach (var (method, path) in Routes().Where(route => !OpenToAll.Contains($"{route.Method} {route.Path}")))
            (await SendAsync(browser, method, Filled(path, _ => Guid.NewGuid()))).Should().Be(HttpStatusCode.Unauthorized, $"{method} {path}");
    }

    [Fact]
    public async Task What_is_not_yours_is_not_there()
    {
        var (ana, ben) = (await api.SomebodyAsync(), await api.SomebodyAsync());
        var things = await ThingsOfAsync(ana);

        foreach (var (method, path) in Routes().Where(route => route.Path.Contains('{') && !NamesNothing.Any(route.Path.Contains)))
        {
            var status = await SendAsync(ben.Http, method, Filled(path, name => things[name]), Body(path));
            status.Should().Be(HttpStatusCode.NotFound, $"{method} {path}");
        }

        (await ana.TitlesAsync("open")).Should().Equal("hers");
    }

    [Fact]
    public async Task A_token_may_do_what_its_scopes_say_and_no_more()
    {
        var ana = await api.SomebodyAsync();
        var reader = await ScriptAsync(ana, "tasks:read");
        var writer = await ScriptAsync(ana, "tasks:write");

        foreach (var (method, path) in Routes().Where(route => !OpenToAll.Contains($"{route.Method} {route.Path}")))
        {
            var (account, reads) = (path.StartsWith("/api/v1/account", StringComparison.Ordinal), method == "GET");
            var filled = Filled(path, _ => Guid.NewGuid());
            var byReader = await SendAsync(reader, method, filled, "{}");
            var byWriter = await SendAsync(writer, method, filled, "{}");

            (byReader == HttpStatusCode.Forbidden).Should().Be(account || !reads, $"{method} {path} for tasks:read answered {byReader}");
            (byWriter == HttpStatusCode.Forbidden).Should().Be(account || reads, $"{method} {path} for tasks:write answered {byWriter}");
        }
    }

    [Fact]
    public async Task An_operator_has_no_more_of_others_than_anybody_but_the_audit()
    {
        var (ana, operatorOf) = (await api.SomebodyAsync(), await OperatorAsync());
        var things = await ThingsOfAsync(ana);
        await api.InStorageAsync(db => db.Database.ExecuteSqlAsync($$"""
            INSERT INTO ops.audit (message_id, type, task_id, owner_id, occurred_at, recorded_at, payload)
            VALUES (gen_random_uuid(), 'todo.task.created.v1', {{things["taskId"]}}, {{ana.Id}}, now(), now(), '{}')
            """));

        foreach (var (method, path) in Routes().Where(route => route.Path.Contains('{') && !NamesNothing.Any(route.Path.Contains)))
            (await SendAsync(operatorOf.Http, method, Filled(path, name => things[name]), Body(path))).Should().Be(HttpStatusCode.NotFound, $"{method} {path}");
        foreach (var (_, path) in Routes().Where(route => route.Method == "GET" && !route.Path.Contains('{') && route.Path != "/api/v1/audit"))
            (await operatorOf.Http.GetStringAsync(path + (path.EndsWith("/calendar", StringComparison.Ordinal) ? "?from=2026-01-01&to=2026-01-31" : ""))).Should().NotContain("hers", path);

        (await operatorOf.GetAsync<Contracts.Audit.AuditPage>($"/api/v1/audit?taskId={things["taskId"]}")).Items.Should().ContainSingle();
        (await operatorOf.GetAsync<Contracts.Audit.AuditPage>($"/api/v1/audit?taskId={things["taskId"]}&mine=true")).Items.Should().BeEmpty();
        var ben = await api.SomebodyAsync();
        (await ben.GetAsync<Contracts.Audit.AuditPage>($"/api/v1/audit?taskId={things["taskId"]}")).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Only_a_browser_handles_keys_and_doors()
    {
        var ana = await api.SomebodyAsync();
        var script = await ScriptAsync(ana, "account", "tasks:read", "tasks:write");

        (await script.GetAsync("/api/v1/account")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await script.PostAsJsonAsync("/api/v1/account/tokens", new CreateTokenRequest("more", ["account"]))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await SendAsync(script, "DELETE", "/api/v1/account", "{}")).Should().Be(HttpStatusCode.Forbidden);
    }

    /// <summary>Made as docs/api.md says.</summary>
    private async Task<Person> OperatorAsync()
    {
        var person = await api.SomebodyAsync();
        await api.InStorageAsync(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO tasks.roles (id, name, normalized_name) VALUES (gen_random_uuid(), 'operator', 'OPERATOR') ON CONFLICT DO NOTHING;
            INSERT INTO tasks.user_roles (user_id, role_id)
                SELECT u.id, r.id FROM tasks.users u, tasks.roles r WHERE u.normalized_email = upper({person.Account.Email}) AND r.normalized_name = 'OPERATOR';
            """));
        await Person.ReadAsync<AccountView>(await person.Http.PostAsJsonAsync("/api/v1/account/sign-in", new SignInRequest(person.Account.Email, Person.Password), Person.Json));
        return person;
    }

    private List<(string Method, string Path)> Routes() =>
        [.. api.Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (method, "/" + e.RoutePattern.RawText!.Trim('/'))))];

    private static string Filled(string path, Func<string, Guid> value) =>
        System.Text.RegularExpressions.Regex.Replace(path, @"\{(\w+)(:\w+)?\}", match => value(match.Groups[1].Value).ToString());

    /// <summary>A body that is right, so that only the access can be wrong.</summary>
    private static string Body(string path) =>
        path.EndsWith("/snooze", StringComparison.Ordinal) ? $$"""{"until":"{{DateTimeOffset.UtcNow.AddHours(1):O}}"}""" : """{"name":"theirs"}""";

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET")
            request.Content = new StringContent(body ?? "{}", Encoding.UTF8, "application/json");
        return (await client.SendAsync(request)).StatusCode;
    }

    private static async Task<Dictionary<string, Guid>> ThingsOfAsync(Person person)
    {
        var project = await Person.ReadAsync<ProjectView>(await person.Http.PostAsJsonAsync("/api/v1/projects", new { name = "hers" }), HttpStatusCode.Created);
        var section = await Person.ReadAsync<SectionView>(await person.Http.PostAsJsonAsync($"/api/v1/projects/{project.ProjectId}/sections", new { name = "hers" }), HttpStatusCode.Created);
        var filter = await Person.ReadAsync<FilterView>(await person.Http.PostAsJsonAsync("/api/v1/filters", new { name = "hers", query = "today" }), HttpStatusCode.Created);
        var token = await Person.ReadAsync<TokenView>(await person.Http.PostAsJsonAsync("/api/v1/account/tokens", new CreateTokenRequest("hers", ["account"])), HttpStatusCode.Created);
        var reminder = new Todo.Contracts.Reminders.Reminder(Guid.NewGuid(), DateTimeOffset.UtcNow.AddDays(1));
        var task = await person.AddAsync(new CreateTaskRequest { Title = "hers", Reminders = [reminder] });
        var done = await person.DoAsync(task, "complete");
        var undo = await person.Http.PostAsync($"/api/v1/tasks/{done.TaskId}/reopen", null);
        var session = (await person.GetAsync<List<SessionView>>("/api/v1/account/sessions")).Single();
        return new Dictionary<string, Guid>
        {
            ["taskId"] = task.TaskId,
            ["reminderId"] = reminder.ReminderId,
            ["projectId"] = project.ProjectId,
            ["sectionId"] = section.SectionId,
            ["filterId"] = filter.FilterId,
            ["tokenId"] = token.TokenId,
            ["sessionId"] = session.SessionId,
            ["undoToken"] = Guid.Parse(undo.Headers.GetValues("X-Undo-Token").Single()),
            ["notificationId"] = Guid.NewGuid(),
        };
    }

    private async Task<HttpClient> ScriptAsync(Person person, params string[] scopes)
    {
        var made = await Person.ReadAsync<TokenView>(
            await person.Http.PostAsJsonAsync("/api/v1/account/tokens", new CreateTokenRequest("script", scopes)), HttpStatusCode.Created);
        var client = api.Api.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Secret);
        return client;
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Todo.Api.Edge;
using Todo.Api.Identity;

namespace Todo.Api.Tests.Edge;

/// <summary>One visit that calls every operation there is, with the very bodies that the reference shows. What it answers is checked on the way, by ContractHandler.</summary>
public sealed class ContractTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _http = api.Browser();
    private readonly List<string> _shown = [];

    [Fact]
    public async Task Every_operation_is_answered_as_the_reference_says()
    {
        await SendAsync("POST", "account/confirm", "ConfirmAddress", await WaitingAsync());
        var account = await SendAsync("POST", "account/sign-up", "SignUp");
        await TasksAsync();
        await ListsAsync();
        await NotificationsAsync((string)account["userId"]!);
        await AccountAsync();

        api.Answered.Keys.Should().BeEquivalentTo(Contract.Agreed.Operations.Select(operation => operation.Name));
        _shown.Should().BeEquivalentTo(Examples.Bodies.Keys);
    }

    private async Task TasksAsync()
    {
        var task = await SendAsync("POST", "tasks", "CreateTask");
        var at = $"tasks/{task["taskId"]}";
        await SendAsync("GET", at);
        await SendAsync("GET", $"{at}/audit");
        await api.InStorageAsync(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO ops.notifications (delivery_id, user_id, channel, state, task_id, reminder_id, expected_at, delivered_at, attempts)
            SELECT gen_random_uuid(), owner_id, 'email', 'delivered', task_id, {Guid.NewGuid()}, now(), now(), 1 FROM tasks.tasks WHERE task_id = {Guid.Parse((string)task["taskId"]!)}
            """));
        (await SendAsync("GET", $"{at}/deliveries"))["items"]!.AsArray().Should().ContainSingle();
        await SendAsync("POST", $"{at}/reminders/{task["reminders"]![0]!["reminderId"]}/snooze", "SnoozeReminder");
        await SendAsync("PATCH", at, "UpdateTask");
        foreach (var verb in (string[])["pause", "resume", "skip", "reopen", "complete", "reopen", "archive", "reopen"])
            await SendAsync("POST", $"{at}/{verb}");
        await SendAsync("DELETE", at);
        await SendAsync("POST", $"undo/{_undo}");
        await SendAsync("DELETE", at);
        await SendAsync("POST", $"{at}/restore");
        await SendAsync("POST", "tasks/quick-add", "QuickAddTask");
        await SendAsync("POST", "bulk", "RunBulk");
        foreach (var question in (string[])["tasks?view=today", "tasks/counts", "calendar?from=2026-12-01&to=2026-12-31", "snooze-choices", "changes?since=0", "audit?mine=true"])
            await SendAsync("GET", question);
    }

    private async Task ListsAsync()
    {
        var project = $"projects/{(await SendAsync("POST", "projects", "CreateProjects"))["projectId"]}";
        var section = $"{project}/sections/{(await SendAsync("POST", $"{project}/sections", "CreateSections"))["sectionId"]}";
        await SendAsync("PATCH", section, "UpdateSections");
        await SendAsync("DELETE", section);
        await SendAsync("PATCH", project, "UpdateProjects");
        await SendAsync("GET", "projects");
        await SendAsync("DELETE", project);
        await SendAsync("PATCH", "labels/money", "UpdateLabels");
        await SendAsync("GET", "labels");
        await SendAsync("DELETE", "labels/money");
        var filter = $"filters/{(await SendAsync("POST", "filters", "CreateFilters"))["filterId"]}";
        await SendAsync("PATCH", filter, "UpdateFilters");
        await SendAsync("GET", "filters");
        await SendAsync("DELETE", filter);
        await SendAsync("PATCH", "views", "UpdateViews");
        await SendAsync("GET", "views");
        await SendAsync("GET", "preferences");
        await SendAsync("PUT", "preferences", "PutPreferences");
    }

    private async Task NotificationsAsync(string userId)
    {
        var notificationId = Guid.NewGuid();
        await api.InStorageAsync(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO tasks.notifications (notification_id, user_id, kind, title, expected_at, delivered_at, late) VALUES ({notificationId}, {Guid.Parse(userId)}, 'reminder', 'Pay', now(), now(), false)
            """));
        await SendAsync("GET", "notifications");
        await SendAsync("POST", $"notifications/{notificationId}/dismiss");
        await SendAsync("POST", "notifications/dismiss-all");
        await SendAsync("POST", "notifications/test");
    }

    private async Task AccountAsync()
    {
        await SendAsync("GET", "account");
        await SendAsync("GET", "account/export");
        var token = await SendAsync("POST", "account/tokens", "CreateTokens");
        await SendAsync("GET", "account/tokens");
        await SendAsync("DELETE", $"account/tokens/{token["tokenId"]}");
        await SendAsync("GET", "account/webhook-secret");
        await SendAsync("POST", "account/webhook-secret/rotate");
        await SendAsync("POST", "account/sign-out");
        await SendAsync("POST", "account/forgot-password", "ForgotPassword");
        await SendAsync("POST", "account/reset-password", "ResetPassword", await api.MailedTokenAsync("ana@example.org", "reset-password"));
        await SendAsync("POST", "account/sign-in", "SignIn");
        await SendAsync("DELETE", "account/sessions");
        await SendAsync("POST", "account/password", "ChangePassword");
        var sessions = await SendAsync("GET", "account/sessions");
        await api.InStorageAsync(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO tasks.sessions (session_id, user_id, browser, signed_in_at, seen_at) SELECT {Guid.Empty}, user_id, 'a phone', now(), now() FROM tasks.sessions WHERE session_id = {Guid.Parse((string)sessions[0]!["sessionId"]!)}
            """));
        await SendAsync("DELETE", $"account/sessions/{Guid.Empty}");
        await SendAsync("DELETE", "account", "DeleteAccount");
    }

    /// <summary>The link of somebody who signed up while addresses were confirmed.</summary>
    private async Task<string> WaitingAsync()
    {
        await using var scope = api.Api.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<Accounts>().ReserveAsync(null, "ben@example.org", Person.Password);
        return MailedToken.Write(user.Id, await scope.ServiceProvider.GetRequiredService<UserManager<TodoUser>>().GenerateEmailConfirmationTokenAsync(user));
    }

    private string? _undo;

    private async Task<JsonNode> SendAsync(string method, string path, string? example = null, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{path}");
        if (example is not null)
        {
            _shown.Add(example);
            request.Content = new StringContent(Examples.Bodies[example].Replace("what follows # in the link", token, StringComparison.Ordinal), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue($"{method} {path} answered {(int)answer.StatusCode} {body}");
        if (answer.Headers.TryGetValues("X-Undo-Token", out var undo))
            _undo = undo.Single();
        return JsonNode.Parse(body.Length > 0 ? body : "{}")!;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Todo.Contracts.Account;
using Todo.Contracts.Audit;
using Todo.Contracts.Lists;
using Todo.Contracts.Notifications;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.EndToEnd.Tests;

/// <summary>Somebody with an account, who uses the REST API as the client does.</summary>
internal sealed class Person : IDisposable
{
    public const string Password = "Correct-horse-7-battery";

    private static readonly JsonSerializerOptions Json = Contracts.ContractsJson.Default.Options;

    private static readonly JsonSerializerOptions Sent = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    private Person(string address, string email)
    {
        Email = email;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = new Uri(address) };
        _http.DefaultRequestHeaders.Add("Origin", address);
    }

    public string Email { get; }

    /// <summary>What a browser of this person knows.</summary>
    public IEnumerable<System.Net.Cookie> Cookies => _cookies.GetAllCookies();

    /// <summary>Somebody new, signed up and signed in.</summary>
    public static async Task<Person> SignUpAsync(RunningSystem system)
    {
        var person = new Person(system.Address, $"{Guid.NewGuid():N}@example.org");
        await person.SendAsync<AccountView>(HttpMethod.Post, "account/sign-up", new SignUpRequest(person.Email, Password, Chromium.Zone));
        return person;
    }

    /// <summary>The demo user, who has a day's worth of tasks.</summary>
    public static async Task<Person> DemoAsync(RunningSystem system)
    {
        var demo = new Person(system.Address, "demo@todobus.example");
        await demo.SendAsync<AccountView>(HttpMethod.Post, "account/sign-in", new SignInRequest(demo.Email, system.DemoPassword));
        return demo;
    }

    public Task<AccountView> AccountAsync() => SendAsync<AccountView>(HttpMethod.Get, "account", null);

    /// <summary>The same account from another device, or after everything was stopped.</summary>
    public async Task<Person> ComeBackAsync(RunningSystem system)
    {
        var again = new Person(system.Address, Email);
        await again.SendAsync<AccountView>(HttpMethod.Post, "account/sign-in", new SignInRequest(Email, Password));
        return again;
    }

    public Task<TaskView> CreateAsync(CreateTaskRequest request) => SendAsync<TaskView>(HttpMethod.Post, "tasks", request);

    public Task<TaskView> CreateWithReminderAsync(string title, TimeSpan dueIn) =>
        CreateAsync(new() { Title = title, Reminders = [new Reminder(Guid.CreateVersion7(), DateTimeOffset.UtcNow + dueIn)] });

    public Task RenameAsync(TaskView task, string title) => SendAsync<JsonElement>(HttpMethod.Patch, $"tasks/{task.TaskId}", new { title });

    public Task CompleteAsync(TaskView task) => DoAsync(task, "complete");

    public Task<TaskView> DoAsync(TaskView task, string verb) => SendAsync<TaskView>(HttpMethod.Post, $"tasks/{task.TaskId}/{verb}", null);

    public Task<TaskView> ChangeAsync(TaskView task, object patch) => SendAsync<TaskView>(HttpMethod.Patch, $"tasks/{task.TaskId}", patch);

    public Task<TaskView> ReadAsync(Guid taskId) => SendAsync<TaskView>(HttpMethod.Get, $"tasks/{taskId}", null);

    public async Task<IReadOnlyList<TaskView>> OpenAsync() => (await SendAsync<TaskPage>(HttpMethod.Get, "tasks?view=open", null)).Items;

    /// <summary>Posts without being anybody, as a mail program does to a link.</summary>
    public static async Task<HttpResponseMessage> FollowAsync(string link)
    {
        using var nobody = new HttpClient();
        return await nobody.PostAsync(link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
    }

    public Task AskForTestAsync() => SendAsync<JsonElement>(HttpMethod.Post, "notifications/test", null);

    /// <summary>What the browser of this person sends when they make a project, a section or a filter.</summary>
    public Task<T> PostAsync<T>(string path, object body) => SendAsync<T>(HttpMethod.Post, path, body);

    /// <summary>What the browser of this person reads.</summary>
    public Task<T> GetAsync<T>(string path) => SendAsync<T>(HttpMethod.Get, path, null);

    public Task PreferAsync(Preferences preferences) => SendAsync<Preferences>(HttpMethod.Put, "preferences", preferences);

    /// <summary>Has every list shown as it is for somebody new.</summary>
    public async Task ShowAsUsualAsync()
    {
        var views = (await GetAsync<ListViews>("views")).Items;
        await SendAsync<JsonElement>(HttpMethod.Patch, "views", new { items = views.Select(view => new { view.Place }).ToList() });
    }

    public Task DeleteAsync(TaskView task) => SendAsync<JsonElement>(HttpMethod.Delete, $"tasks/{task.TaskId}", null);

    public Task SnoozeAsync(Guid taskId, Guid reminderId, DateTimeOffset until) =>
        SendAsync<JsonElement>(HttpMethod.Post, $"tasks/{taskId}/reminders/{reminderId}/snooze", new SnoozeRequest(until));

    public async Task<IReadOnlyList<NotificationView>> NotificationsAsync() => (await SendAsync<NotificationPage>(HttpMethod.Get, "notifications", null)).Items;

    public async Task<IReadOnlyList<AuditEntryView>> AuditAsync(Guid taskId) => (await SendAsync<AuditPage>(HttpMethod.Get, $"tasks/{taskId}/audit", null)).Items;

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        if (method == HttpMethod.Post)
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: Sent);

        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{method} {path} answered {(int)answer.StatusCode}: {text}");
        return typeof(T) == typeof(JsonElement) ? default! : JsonSerializer.Deserialize<T>(text, Json)!;
    }
}

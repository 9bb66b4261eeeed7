using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Todo.Contracts;
using Todo.Contracts.Account;
using Todo.Contracts.Live;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tests;

/// <summary>Somebody with an account and a browser, as tests speak of them.</summary>
internal sealed class Person(HttpClient http, AccountView account)
{
    public const string Password = "correct horse battery";

    public static readonly JsonSerializerOptions Json = new(ContractsJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractsJson.Default, new DefaultJsonTypeInfoResolver()),
    };

    public HttpClient Http => http;

    public Guid Id => account.UserId;

    public AccountView Account => account;

    public static async Task<Person> SignUpAsync(ApiFixture api, string zone)
    {
        var http = api.Browser();
        var answer = await http.PostAsJsonAsync("/api/v1/account/sign-up", new SignUpRequest($"{Guid.NewGuid():N}@example.org", Password, zone), Json);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return new Person(http, (await answer.Content.ReadFromJsonAsync<AccountView>(Json))!);
    }

    public Task<TaskView> AddAsync(string title) => AddAsync(new CreateTaskRequest { Title = title });

    public async Task<TaskView> AddAsync(CreateTaskRequest request)
    {
        var answer = await http.PostAsJsonAsync("/api/v1/tasks", request, Json);
        return await ReadAsync<TaskView>(answer, HttpStatusCode.Created);
    }

    public async Task<TaskView> DoAsync(TaskView task, string verb) =>
        await ReadAsync<TaskView>(await http.PostAsync($"/api/v1/tasks/{task.TaskId}/{verb}", null));

    public async Task<TaskView> PatchAsync(TaskView task, JsonObject patch) =>
        await ReadAsync<TaskView>(await http.PatchAsJsonAsync($"/api/v1/tasks/{task.TaskId}", patch));

    public Task<HttpResponseMessage> DeleteAsync(TaskView task) => http.DeleteAsync($"/api/v1/tasks/{task.TaskId}");

    public Task<HttpResponseMessage> TryGetAsync(TaskView task) => http.GetAsync($"/api/v1/tasks/{task.TaskId}");

    public async Task<List<string>> TitlesAsync(string view, int limit = 100)
    {
        var (titles, cursor) = (new List<string>(), "");
        do
        {
            var page = await GetAsync<TaskPage>($"/api/v1/tasks?view={view}&limit={limit}{cursor}");
            titles.AddRange(page.Items.Select(t => t.Title));
            cursor = page.Next is null ? null : $"&cursor={page.Next}";
        }
        while (cursor is not null);
        return titles;
    }

    public Task<ChangesPage> ChangesAsync(long? since = null) => GetAsync<ChangesPage>($"/api/v1/changes{(since is null ? "" : $"?since={since}")}");

    public async Task<T> GetAsync<T>(string path) => await ReadAsync<T>(await http.GetAsync(path));

    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(expected, text);
        return JsonSerializer.Deserialize<T>(text, Json)!;
    }
}

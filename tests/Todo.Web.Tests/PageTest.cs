using System.Net;
using System.Text;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Http;
using Todo.Web.Tasks;

namespace Todo.Web.Tests;

/// <summary>Components with the services of the real page, a clock that the test moves and a server it plays itself.</summary>
public abstract class PageTest : BunitContext
{
    protected PageTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Module = JSInterop.SetupModule("./js/todo.js");
        Module.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(new HttpClient(Server) { BaseAddress = new Uri("http://todo.test/") });
        Services.AddClient();
        Get<UserClock>().Use("Europe/Berlin");
    }

    protected BunitJSModuleInterop Module { get; }

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 11, 0, 0, TimeSpan.Zero));

    protected FakeServer Server { get; } = new();

    protected TaskBoard Board => Get<TaskBoard>();

    protected T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Records what was asked, and answers as the test says; by default it does what it is told.</summary>
    protected sealed class FakeServer : HttpMessageHandler
    {
        private TaskCompletionSource<(HttpStatusCode Status, string Body)>? _held;

        public List<(string Method, string Path, string Body)> Asked { get; } = [];

        public List<string> Keys { get; } = [];

        public Func<string, string, string, (HttpStatusCode Status, string Body)> Answer { get; set; } = (_, _, _) => (HttpStatusCode.NoContent, "");

        /// <summary>The next request waits until the test answers it.</summary>
        public TaskCompletionSource<(HttpStatusCode Status, string Body)> Hold() => _held = new();

        public void Refuse(string field, string why) => Answer = (_, _, _) =>
            (HttpStatusCode.BadRequest, $$$"""{"title":"One or more validation errors occurred.","status":400,"errors":{"{{{field}}}":["{{{why}}}"]}}""");

        public void AnswerWith(TaskView task) => Answer = (_, _, _) => (HttpStatusCode.OK, Api.Json(task));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var path = request.RequestUri!.PathAndQuery["/api/v1/".Length..];
            if (request.Headers.TryGetValues("Idempotency-Key", out var keys))
                Keys.AddRange(keys);
            Asked.Add((request.Method.Method, path, body));
            (var held, _held) = (_held, null);
            var (status, text) = held is not null ? await held.Task : Answer(request.Method.Method, path, body);
            return new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        }
    }
}

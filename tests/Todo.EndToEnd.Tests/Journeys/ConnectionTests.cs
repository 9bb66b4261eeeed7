using System.Collections.Concurrent;
using Todo.Contracts.Tasks;
using Todo.Testing;

namespace Todo.EndToEnd.Tests.Journeys;

public sealed class ConnectionTests(RunningSystem system, Chromium chromium) : Journey(system, chromium)
{
    [Fact]
    public async Task A_page_that_was_cut_off_says_so_and_catches_up_by_sequence_when_it_is_back()
    {
        using var person = await Person.SignUpAsync(Running);
        var renamed = await person.CreateAsync(new() { Title = "Call Jonas" });
        var done = await person.CreateAsync(new() { Title = "Water the fern" });
        var page = await ArriveAsync();
        var line = await Line.ThroughAsync(page);
        await EnterAsync(page, person);
        await page.Row("Water the fern").SeesAsync();
        await line.OpenAsync();

        await line.CutAsync();
        await page.ByTest("offline-banner").SeesAsync();
        await person.RenameAsync(renamed, "Call Jonas about the lamp");
        await person.CompleteAsync(done);
        await person.CreateAsync(new() { Title = "Post the letter" });
        line.Mend();

        await page.Row("Post the letter").SeesAsync();
        await page.Row("Call Jonas about the lamp").SeesAsync();
        await page.Row("Water the fern").SeesNoAsync();
        await page.ByTest("offline-banner").SeesNoAsync();
        line.AskedSince.Should().Contain(path => path.StartsWith("/api/v1/changes?since="));
        line.AskedSince.Should().NotContain(path => path.StartsWith("/api/v1/tasks?"), "the gap is small: nothing is loaded anew");
    }

    [Fact]
    public async Task What_is_done_while_cut_off_is_kept_and_sent_when_the_line_is_back()
    {
        using var person = await Person.SignUpAsync(Running);
        var page = await ArriveAsync();
        var line = await Line.ThroughAsync(page);
        await EnterAsync(page, person);

        // Whether the page has its socket already or is just getting it, the cut must be noticed.
        await line.CutAsync();
        await page.ByTest("offline-banner").SeesAsync();
        await page.AddTaskAsync("Written in a tunnel");
        line.Mend();

        await page.ByTest("offline-banner").SeesNoAsync();
        var elsewhere = await VisitAsync(person);
        await elsewhere.Row("Written in a tunnel").SeesAsync();
    }

    [Fact]
    public async Task Who_changed_a_task_while_cut_off_and_who_changed_it_elsewhere_end_with_the_same_and_lose_no_field()
    {
        using var person = await Person.SignUpAsync(Running);
        var task = await person.CreateAsync(new() { Title = "Call Jonas" });
        var page = await ArriveAsync();
        var line = await Line.ThroughAsync(page);
        await EnterAsync(page, person);
        await page.OpenTaskAsync("Call Jonas");
        await line.OpenAsync();

        await line.CutAsync();
        await page.ByTest("offline-banner").SeesAsync();
        await page.ByTest("detail-title").FillAsync("Ring Jonas");
        await page.ByTest("detail-title").PressAsync("Enter");
        await page.Row("Ring Jonas").SeesAsync();
        await person.ChangeAsync(task, new { title = "Write to Jonas", notes = "About the lamp" });
        line.Mend();

        // Of the title the later word counts; the notes, which nobody touched here, arrive.
        await page.ByTest("detail-notes-shown").SaysAsync("About the lamp");
        await Eventually.True(async () => await person.ReadAsync(task.TaskId) is { Title: "Ring Jonas", Notes: "About the lamp" });
        await page.Row("Ring Jonas").SeesAsync();
    }

    [Fact]
    public async Task Who_is_cut_off_is_told_that_nothing_is_lost_and_is_asked_before_the_page_goes()
    {
        using var person = await Person.SignUpAsync(Running);
        var page = await VisitAsync(person);

        await page.Context.SetOfflineAsync(true);
        await page.ByTest("offline-banner").SaysAsync("You can go on");
        await page.ByTest("connection-news").SaysAsync("Connection lost");
        await page.AddTaskAsync("Written in a tunnel");
        await page.AddTaskAsync("And another");
        await page.ByTest("offline-banner").SaysAsync("2 changes wait");
        (await AsksBeforeLeavingAsync(page)).Should().BeTrue();
        await page.Context.SetOfflineAsync(false);

        await page.ByTest("connection-news").SaysAsync("Connected again");
        await Eventually.True(async () => (await person.OpenAsync()).Count == 2);
        await page.ByTest("offline-banner").SeesNoAsync();
        await Eventually.True(async () => !await AsksBeforeLeavingAsync(page));
    }

    [Theory]
    [InlineData("online")]
    [InlineData("focus")]
    public async Task The_page_comes_back_as_soon_as_the_browser_has_a_network_or_somebody_looks(string sign)
    {
        using var person = await Person.SignUpAsync(Running);
        var page = await ArriveAsync();
        var line = await Line.ThroughAsync(page);
        await page.AddInitScriptAsync("const real = setTimeout; globalThis.setTimeout = (f, ms, ...rest) => real(f, globalThis.forEver && ms > 20 ? 1e9 : ms, ...rest);");
        await EnterAsync(page, person);
        await line.OpenAsync();
        await line.CutAsync();
        await page.ByTest("offline-banner").SeesAsync();

        // From now on no waiting in the page ends by itself: only what the browser says can bring the line back.
        await page.EvaluateAsync("() => { globalThis.forEver = true; for (let timer = setTimeout(() => {}, 0); timer > 0; timer--) clearTimeout(timer); }");
        await person.CreateAsync(new() { Title = "Post the letter" });
        line.Mend();
        await page.EvaluateAsync("sign => dispatchEvent(new Event(sign))", sign);

        await page.Row("Post the letter").SeesAsync();
        await page.ByTest("offline-banner").SeesNoAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_under_which_the_api_is_started_again_comes_back_by_itself_and_sends_what_was_done_meanwhile(bool politely)
    {
        using var person = await Person.SignUpAsync(Running);
        var before = await person.CreateAsync(new() { Title = "Call Jonas" });
        var page = await VisitAsync(person);
        await page.Row("Call Jonas").SeesAsync();

        await Running.EndApiAsync(politely);
        await page.AddTaskAsync("Added while nobody answered");
        await page.Row("Call Jonas").GetByTestId("complete").ClickAsync();

        await page.ByTest("connection-news").SaysAsync("Connected again");
        await page.ByTest("offline-banner").SeesNoAsync();
        await Eventually.True(async () => (await person.OpenAsync()).Select(task => task.Title).SequenceEqual(["Added while nobody answered"]));
        (await person.ReadAsync(before.TaskId)).State.Should().Be(TaskState.Completed);
        await person.CreateAsync(new() { Title = "Added elsewhere" });
        await page.Row("Added elsewhere").SeesAsync();
        (await page.Row("Added while nobody answered").CountAsync()).Should().Be(1);
    }

    private static Task<bool> AsksBeforeLeavingAsync(Microsoft.Playwright.IPage page) =>
        page.EvaluateAsync<bool>("() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))");

    private async Task EnterAsync(Microsoft.Playwright.IPage page, Person person)
    {
        await page.Context.AddCookiesAsync(person.Cookies.Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = Running.Address }));
        await page.GotoAsync("/inbox");
        await page.ByTest("live-state").SaysAsync("live");
    }

    /// <summary>The wire between a page and the Api, which can be cut: the open socket drops, and no request comes through.</summary>
    private sealed class Line
    {
        private readonly ConcurrentBag<Microsoft.Playwright.IWebSocketRoute> _sockets = [];
        private readonly ConcurrentQueue<string> _asked = new();
        private volatile bool _cut;

        /// <summary>What the page asked for since the line was cut last.</summary>
        public IReadOnlyCollection<string> AskedSince => _asked;

        public static async Task<Line> ThroughAsync(Microsoft.Playwright.IPage page)
        {
            var line = new Line();
            await page.RouteWebSocketAsync("**/hubs/**", socket =>
            {
                if (line._cut)
                {
                    _ = socket.CloseAsync();
                    return;
                }

                socket.ConnectToServer();
                line._sockets.Add(socket);
            });
            foreach (var calls in new[] { "**/api/**", "**/hubs/**" })
            {
                await page.RouteAsync(calls, async route =>
                {
                    if (line._cut)
                    {
                        await route.AbortAsync("internetdisconnected");
                        return;
                    }

                    line._asked.Enqueue(new Uri(route.Request.Url).PathAndQuery);
                    await route.ContinueAsync();
                });
            }

            return line;
        }

        public Task OpenAsync() => Eventually.True(() => !_sockets.IsEmpty);

        public async Task CutAsync()
        {
            (_cut, var sockets) = (true, _sockets.ToArray());
            _asked.Clear();
            _sockets.Clear();
            foreach (var socket in sockets)
                await socket.CloseAsync();
        }

        public void Mend() => _cut = false;
    }
}

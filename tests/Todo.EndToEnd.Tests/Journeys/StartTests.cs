using System.Collections.Concurrent;
using Microsoft.Playwright;
using Todo.Testing;

namespace Todo.EndToEnd.Tests.Journeys;

public sealed class StartTests(RunningSystem system, Chromium chromium) : Journey(system, chromium)
{
    private static readonly string[] Needed =
        ["/api/v1/account", "/api/v1/preferences", "/api/v1/tasks?view=open&limit=500", "/api/v1/projects", "/api/v1/labels", "/api/v1/filters", "/api/v1/views", "/api/v1/notifications", "/hubs/tasks"];

    [Fact]
    public async Task Everything_that_a_page_needs_is_asked_for_once_and_before_any_of_it_is_answered()
    {
        using var person = await Person.SignUpAsync(Running);
        await person.CreateAsync(new() { Title = "Buy milk" });
        var page = await VisitAsync(person);
        var asked = new ConcurrentQueue<string>();
        var answers = new TaskCompletionSource();
        await ListenAsync(page, asked, answers.Task);

        await page.ReloadAsync();
        await Eventually.Get(() => asked.ToList(), all => Needed.All(all.Contains), TimeSpan.FromSeconds(60));
        answers.SetResult();
        await page.Row("Buy milk").SeesAsync();
        await page.ByTest("live-state").SaysAsync("live");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        asked.Should().BeEquivalentTo(Needed);
    }

    // No answer passes until it may.
    private static async Task ListenAsync(IPage page, ConcurrentQueue<string> asked, Task answers)
    {
        foreach (var calls in new[] { "**/api/**", "**/hubs/**" })
        {
            await page.RouteAsync(calls, async route =>
            {
                asked.Enqueue(new Uri(route.Request.Url).PathAndQuery);
                await answers;
                await route.ContinueAsync();
            });
        }

        await page.RouteWebSocketAsync("**/hubs/**", socket =>
        {
            asked.Enqueue(new Uri(socket.Url).AbsolutePath);
            var server = socket.ConnectToServer();
            var last = answers;
            server.OnMessage(frame => last = PassAsync(last, frame)); // each after the one before it: a line whose first word is not the first is none

            async Task PassAsync(Task before, IWebSocketFrame frame)
            {
                await before;
                // A hub that was started a moment ago cannot know what was said before it; that is another story.
                if (frame.Text is { } text && !text.Contains("AskAgain", StringComparison.Ordinal))
                    socket.Send(text);
            }
        });
    }
}

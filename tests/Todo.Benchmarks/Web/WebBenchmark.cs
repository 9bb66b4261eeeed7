using System.Text.Json;
using Microsoft.Playwright;
using Todo.AppHost;
using Todo.AppHost.Testing;

namespace Todo.Benchmarks.Web;

/// <summary>
/// The page of somebody with 10,000 open tasks, published as it is deployed, in a real Chromium: what a first load weighs, how long an edit
/// takes until it is painted, the first one on a fresh page by itself, and how long the frames are while scrolling. The limits are taken in the same page: a class set by hand on
/// the same row, and frames while nothing moves.
/// </summary>
internal static class WebBenchmark
{
    private const int Tasks = 10_000;
    private const int Edits = 25;
    private static readonly string[] Kinds = ["tick", "priority", "delete"];
    private const int SettleMs = 4000;
    private const int ScrollMs = 7000;
    private const int PixelsPerFrame = 60;

    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

    private const string Fill =
        """
        async ({ email, count }) => {
          const post = async (path, body) => {
            const answer = await fetch("/api/v1/" + path, { method: "POST", headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() }, body: JSON.stringify(body) });
            if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
          };
          await post("account/sign-up", { email, password: "Correct-horse-7-battery", zone: "Europe/Berlin" });
          let last;
          for (let from = 0; from < count; from += 200) {
            const commands = Array.from({ length: 200 }, (_, n) => from + n).map(n => ({ verb: "create", taskId: crypto.randomUUID(), task: {
              title: `Task number ${n}`, priority: 1 + n % 4, labels: n % 5 ? [] : ["home"],
              due: n % 3 ? undefined : { date: `2030-12-${String(1 + n % 28).padStart(2, "0")}` } } }));
            await post("bulk", { commands });
            last = commands.at(-1).taskId;
          }
          // Until the Workers have heard of all of them: it is the page that is measured, and not ten thousand tasks being made.
          for (let found = false; !found; await new Promise(done => setTimeout(done, 500))) {
            const answer = await fetch(`/api/v1/tasks/${last}/audit`);
            found = answer.ok && (await answer.json()).items.length > 0;
          }
        }
        """;

    public static async Task<int> RunAsync(bool json)
    {
        var program = Browser.Find() ?? throw new HostException("No Chromium on this machine: install it, or name one in TODO_BROWSER.");
        await using var system = await PublishedSystem.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Headless = true, Args = Quiet });
        var context = await chromium.NewContextAsync(new() { BaseURL = system.Address, ViewportSize = new() { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout(120_000);

        var page = await context.NewPageAsync();
        var bytes = await FirstLoadAsync(page);
        await Console.Error.WriteLineAsync($"Making {Tasks} tasks…");
        await page.EvaluateAsync(Fill, new { email = $"{Guid.NewGuid():N}@example.org", count = Tasks });
        var firsts = new List<double>();
        foreach (var kind in Kinds)
        {
            await OpenAsync(page);
            firsts.AddRange(await TimesAsync(page, $"measure.edit('{kind}', 1)"));
        }

        await OpenAsync(page);
        var bareEdits = await TimesAsync(page, "measure.edit('bare', 15)");
        var edits = new List<double>();
        foreach (var kind in Kinds)
            edits.AddRange(await TimesAsync(page, $"measure.edit('{kind}', {Edits})"));
        var bareFrames = await TimesAsync(page, $"measure.scroll(0, {ScrollMs / 2})");
        var frames = await TimesAsync(page, $"measure.scroll({PixelsPerFrame}, {ScrollMs})");
        Print(json, bytes, firsts, edits, bareEdits, frames, bareFrames);
        return 0;
    }

    private static void Print(bool json, double bytes, List<double> firsts, List<double> edits, double[] bareEdits, double[] frames, double[] bareFrames)
    {
        var result = new
        {
            firstLoadMb = Math.Round(bytes / 1_000_000, 2),
            editP50Ms = Percentiles.At(edits, 0.5),
            editP95Ms = Percentiles.At(edits, 0.95),
            editMaxMs = Percentiles.At(edits, 1),
            firstTickMs = Math.Round(firsts[0], 1),
            firstPriorityMs = Math.Round(firsts[1], 1),
            firstDeleteMs = Math.Round(firsts[2], 1),
            bareEditP50Ms = Percentiles.At(bareEdits, 0.5),
            bareEditP95Ms = Percentiles.At(bareEdits, 0.95),
            frameP50Ms = Percentiles.At(frames, 0.5),
            frameP95Ms = Percentiles.At(frames, 0.95),
            frameMaxMs = Percentiles.At(frames, 1),
            bareFrameP50Ms = Percentiles.At(bareFrames, 0.5),
            bareFrameP95Ms = Percentiles.At(bareFrames, 0.95),
            tasks = Tasks,
        };
        Console.WriteLine(json
            ? JsonSerializer.Serialize(result)
            : $"""
               first load {result.firstLoadMb} MB over the wire
               {edits.Count} edits of {Tasks} tasks until painted: p50 {result.editP50Ms}, p95 {result.editP95Ms}, slowest {result.editMaxMs} ms; the first on a fresh page: {string.Join(", ", Kinds.Zip(firsts, (kind, ms) => $"{kind} {ms:F1}"))} ms (a class set by hand: {result.bareEditP50Ms}, {result.bareEditP95Ms})
               {frames.Length} frames at {PixelsPerFrame} px: p50 {result.frameP50Ms}, p95 {result.frameP95Ms}, slowest {result.frameMaxMs} ms (nothing moving: {result.bareFrameP50Ms}, {result.bareFrameP95Ms})
               """);
    }

    // A fresh page, complete, and some seconds later: as long as a person needs to see where they are.
    private static async Task OpenAsync(IPage page)
    {
        await page.GotoAsync("/inbox");
        await page.WaitForFunctionAsync("count => Number(document.querySelector('[data-testid=go-inbox] .count')?.textContent) >= count", Tasks - Kinds.Length);
        await page.EvaluateAsync(await MeasuresAsync());
        await page.WaitForTimeoutAsync(SettleMs);
    }

    // Everything but the Api's answers, as it came over the wire, to a browser that was never here.
    private static async Task<double> FirstLoadAsync(IPage page)
    {
        var network = await page.Context.NewCDPSessionAsync(page);
        var (api, bytes) = (new HashSet<string>(), 0.0);
        network.Event("Network.requestWillBeSent").OnEvent += (_, e) =>
        {
            if (e!.Value.GetProperty("request").GetProperty("url").GetString()!.Contains("/api/", StringComparison.Ordinal))
                api.Add(e.Value.GetProperty("requestId").GetString()!);
        };
        network.Event("Network.loadingFinished").OnEvent += (_, e) =>
        {
            if (!api.Contains(e!.Value.GetProperty("requestId").GetString()!))
                bytes += e.Value.GetProperty("encodedDataLength").GetDouble();
        };
        await network.SendAsync("Network.enable");
        await page.GotoAsync("/sign-up");
        await page.GetByTestId("password").WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await network.DetachAsync();
        return bytes;
    }

    private static Task<double[]> TimesAsync(IPage page, string measure) => page.EvaluateAsync<double[]>($"() => {measure}");

    private static async Task<string> MeasuresAsync()
    {
        using var reader = new StreamReader(typeof(WebBenchmark).Assembly.GetManifestResourceStream("measure.js")!);
        return await reader.ReadToEndAsync();
    }
}

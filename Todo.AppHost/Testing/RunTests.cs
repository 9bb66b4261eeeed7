using System.Diagnostics;
using Todo.AppHost.Postgres;
using Todo.AppHost.Processes;
using Todo.AppHost.Up;

namespace Todo.AppHost.Testing;

/// <summary>`./todo test`: format, build, every test project one after the other, and one line that sums up.</summary>
internal static class RunTests
{
    private static readonly (string Package, string File)[] SampleClients =
    [
        ("kcat", "/usr/bin/kcat"),
        ("openssl", "/usr/bin/openssl"),
        ("python3-kafka", "/usr/lib/python3/dist-packages/kafka"),
        ("python3-lz4", "/usr/lib/python3/dist-packages/lz4"),
    ];

    private static readonly TimeSpan LongestProject = TimeSpan.FromMinutes(15);

    public static async Task<int> RunAsync(IReadOnlyList<string> names)
    {
        var screen = new Screen();
        var projects = Directory.GetDirectories(Repository.PathTo("tests"), "*.Tests")
            .Select(folder => Path.GetFileName(folder))
            .Where(project => names.Count == 0 || names.Any(name => project.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (projects.Length == 0)
            throw new HostException($"No test project is called {string.Join(" or ", names)}.");

        await InstallAsync(screen, projects);
        var wellFormatted = await CheckFormatAsync(screen);
        await screen.StepAsync("build", "restoring and building", BuildAsync, configuration => configuration);

        var counts = wellFormatted ? default : new TestCounts(0, 1, 0);
        foreach (var project in projects)
            counts += await RunAsync(screen, project);

        screen.Say();
        screen.Say(counts.ToString());
        return counts.Failed == 0 && counts.Passed > 0 ? 0 : 1;
    }

    private static async Task InstallAsync(Screen screen, string[] projects)
    {
        if (Environment.GetEnvironmentVariable("TODO_POSTGRES") is not { Length: > 0 })
            await PostgresBinaries.FindOrInstallAsync(null, line => screen.Doing("postgres", line), CancellationToken.None);

        if (projects.Contains("Todo.EndToEnd.Tests") && Browser.Find() is null && DebianPackages.CanInstall)
        {
            screen.Doing("browser", "installing Chromium (apt-get install chromium)");
            await DebianPackages.InstallAsync("chromium", CancellationToken.None);
        }

        if (projects.Contains("Todo.Workers.Tests") && DebianPackages.CanInstall && !await Dateutil.IsThereAsync())
        {
            screen.Doing("dateutil", $"installing an oracle for recurrence rules (apt-get install {Dateutil.Package})");
            await DebianPackages.InstallAsync(Dateutil.Package, CancellationToken.None);
        }

        // The samples are run as integrators run them; without their clients those tests say that they did not run.
        if (projects.Contains("Todo.Api.Tests") && DebianPackages.CanInstall)
        {
            foreach (var (package, file) in SampleClients.Where(client => !Path.Exists(client.File)))
            {
                screen.Doing("samples", $"installing what they use (apt-get install {package})");
                await DebianPackages.InstallAsync(package, CancellationToken.None);
            }
        }
    }

    private static async Task<string> BuildAsync()
    {
        await Dotnet.BuildAsync("TodoBus.sln", CancellationToken.None);
        return Dotnet.Configuration;
    }

    /// <summary>Whitespace only: what else the style asks for is checked by the build, where it is an error.</summary>
    private static async Task<bool> CheckFormatAsync(Screen screen)
    {
        screen.Doing("format", "checking");
        var result = await Command.RunAsync(
            Dotnet.Path,
            ["format", "whitespace", Repository.Root, "--folder", "--verify-no-changes", "--exclude", "**/obj/**", "**/bin/**"]);
        if (result.Succeeded)
        {
            screen.Done("format", "clean");
            return true;
        }

        screen.Trouble("format", "run `dotnet format whitespace --folder`:");
        screen.Indented(result.Output.Split('\n').Take(20));
        return false;
    }

    private static async Task<TestCounts> RunAsync(Screen screen, string project)
    {
        var time = Stopwatch.StartNew();
        var program = Path.Combine(Dotnet.OutputOf($"tests/{project}"), project + ".dll");
        var result = await Command.RunAsync(
            Dotnet.Path,
            ["exec", program, "--no-ansi", "--progress", "off", "--timeout", $"{LongestProject.TotalMinutes:0}m"],
            timeout: LongestProject + TimeSpan.FromMinutes(1));

        // 8 means that it holds no tests; that is no failure of its own, while none at all is one.
        const int noTests = 8;
        var counts = TestCounts.Read(result.Output) ?? default;
        if (!result.Succeeded && result.ExitCode != noTests && counts.Failed == 0)
            counts = counts with { Failed = 1 };

        var summary = $"{project,-26} {counts}  ({time.Elapsed.TotalSeconds:0.0} s)";
        if (counts.Failed == 0)
        {
            screen.Done("test", summary);
        }
        else
        {
            screen.Trouble("test", summary);
            screen.Indented(result.Output.Split('\n').Select(line => line.TrimEnd()));
        }

        return counts;
    }
}

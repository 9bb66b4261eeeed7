using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Todo.AppHost.Processes;
using Todo.Testing;

namespace Todo.AppHost.Tests.Processes;

/// <summary>Supervision of toy children, written in shell; Windows has other mechanisms and no such shell.</summary>
public sealed class SupervisedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("todobus-child-").FullName;
    private readonly ConcurrentQueue<ChildDeath> _deaths = new();

    public SupervisedTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The toy children are shell scripts.");

    private string Log => Path.Combine(_folder, "child.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_child_that_dies_is_reported_with_its_last_words_and_started_again()
    {
        await using var child = Start("echo to out; echo to err >&2; exit 3");

        await Eventually.True(() => _deaths.Count >= 2);

        var death = _deaths.First();
        death.Name.Should().Be("toy");
        death.ExitCode.Should().Be(3);
        death.LastLines.Should().BeEquivalentTo("to out", "to err");
    }

    [Fact]
    public async Task The_pause_before_a_restart_grows_while_it_keeps_dying()
    {
        await using var child = Start("exit 1");

        await Eventually.True(() => _deaths.Count >= 3);

        _deaths.Select(death => death.RestartIn).Take(3).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_killed_child_is_started_again()
    {
        await using var child = Start("exec sleep 600");
        var first = await Eventually.Get(() => child.ProcessId, id => id is not null);

        Process.GetProcessById(first!.Value).Kill();
        var second = await Eventually.Get(() => child.ProcessId, id => id is not null && id != first);

        _deaths.Should().ContainSingle().Which.ExitCode.Should().Be(137);
        second.Should().NotBe(first);
    }

    [Fact]
    public async Task A_child_that_is_stopped_may_clean_up_and_is_not_reported()
    {
        var child = Start("trap 'echo cleaned up; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        await Eventually.True(() => ReadLog().Contains("ready"));

        await child.DisposeAsync();

        ReadLog().Should().Contain("cleaned up");
        _deaths.Should().BeEmpty();
    }

    [Fact]
    public async Task A_child_that_will_not_stop_is_killed()
    {
        var child = Supervised.Start("toy", Shell("trap '' TERM; echo ready; while :; do sleep 0.05; done"), Log, _deaths.Enqueue, TimeSpan.FromMilliseconds(300));
        await Eventually.True(() => ReadLog().Contains("ready"));
        var process = Process.GetProcessById(child.ProcessId!.Value);

        await child.DisposeAsync();

        process.HasExited.Should().BeTrue();
    }

    [Fact]
    public async Task A_child_dies_with_an_owner_that_was_killed()
    {
        // The owner is a shell of its own here, which starts a child the way we do and is then killed with -9.
        var pidFile = Path.Combine(_folder, "pid");
        using var owner = ChildProcess.Start(Shell("sleep 600 | /bin/sh -c \"$SCRIPT\" todobus-child sh -c 'echo $$ > \"$PID_FILE\"; exec sleep 600' & wait") with
        {
            Environment = new Dictionary<string, string?> { ["SCRIPT"] = ChildProcess.Script, ["PID_FILE"] = pidFile },
        }, _ => { });
        var id = await Eventually.Get(() => File.Exists(pidFile) && int.TryParse(File.ReadAllText(pidFile), out var read) ? read : 0, read => read > 0);
        using var child = Process.GetProcessById(id);

        KillHolderOfPipe(owner.Id);

        await Eventually.True(() => child.HasExited);
    }

    [Fact]
    public async Task Nothing_is_left_behind_by_a_child_that_ended_by_itself()
    {
        var marker = $"todobus-marker-{Guid.NewGuid():N}";
        using (var child = ChildProcess.Start(Shell($": {marker}; exit 0"), _ => { }))
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Eventually.Get(() => ProcessesSaying(marker), left => left.Count == 0);
    }

    /// <summary>Kills the process whose end closes the child's pipe: the `sleep` that feeds it.</summary>
    private static void KillHolderOfPipe(int ownerId)
    {
        var feeders = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == ownerId && CommandOf(id).StartsWith("sleep", StringComparison.Ordinal));
        foreach (var id in feeders)
            Process.GetProcessById(id).Kill();
    }

    private static int ParentOf(int id) =>
        ReadProc(id, "stat") is { Length: > 0 } stat ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : 0;

    private static string CommandOf(int id) => ReadProc(id, "cmdline").Replace('\0', ' ');

    private static string ReadProc(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static List<string> ProcessesSaying(string marker) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? CommandOf(id) : "")
            .Where(command => command.Contains(marker, StringComparison.Ordinal))];

    private Supervised Start(string script) => Supervised.Start("toy", Shell(script), Log, _deaths.Enqueue);

    private string ReadLog()
    {
        if (!File.Exists(Log))
            return "";
        using var reader = new StreamReader(new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private static ChildProgram Shell(string script) => new("/bin/sh", "-c", script);
}

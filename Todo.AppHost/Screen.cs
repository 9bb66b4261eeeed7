using System.Diagnostics;

namespace Todo.AppHost;

/// <summary>What we tell the person at the keyboard, one line at a time; parts that start together may speak at once.</summary>
internal sealed class Screen
{
    /// <summary>How long a step may be silent.</summary>
    private static readonly TimeSpan StillThere = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly bool _colours = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
    private readonly Stopwatch _time = Stopwatch.StartNew();

    public TimeSpan Elapsed => _time.Elapsed;

    public void Doing(string part, string what) => Line("…", part, what, "33");

    public void Done(string part, string what) => Line("✓", part, what, "32");

    public void Trouble(string part, string what) => Line("✗", part, what, "31");

    public void Indented(IEnumerable<string> lines)
    {
        lock (_gate)
        {
            foreach (var line in lines)
                Console.WriteLine($"      {line}");
        }
    }

    public void Say(string text = "")
    {
        lock (_gate)
            Console.WriteLine(text);
    }

    /// <summary>Runs one step of starting and says how it went and how long it took.</summary>
    public async Task<T> StepAsync<T>(string part, string doing, Func<Task<T>> step, Func<T, string> done)
    {
        Doing(part, doing);
        var time = Stopwatch.StartNew();
        var running = step();
        while (await Task.WhenAny(running, Task.Delay(StillThere)) != running)
            Doing(part, $"still {doing} ({time.Elapsed.TotalSeconds:0} s)");

        var result = await running;
        Done(part, $"{done(result)}  ({time.Elapsed.TotalSeconds:0.0} s)");
        return result;
    }

    private void Line(string mark, string part, string what, string colour)
    {
        lock (_gate)
            Console.WriteLine(_colours ? $"  \e[{colour}m{mark}\e[0m {part,-9} {what}" : $"  {mark} {part,-9} {what}");
    }
}

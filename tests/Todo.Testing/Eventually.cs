using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Todo.Testing;

/// <summary>Waiting for something that will be true soon: polls to a deadline and, failing, tells the last thing it saw.</summary>
public static class Eventually
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(20);

    /// <summary>Polls until <paramref name="isRight"/> accepts what was seen, and returns it.</summary>
    [OverloadResolutionPriority(1)]
    public static async Task<T> Get<T>(
        Func<Task<T>> look,
        Func<T, bool> isRight,
        TimeSpan? within = null,
        [CallerArgumentExpression(nameof(isRight))] string expected = "")
    {
        var deadline = within ?? DefaultDeadline;
        var time = Stopwatch.StartNew();
        var pause = TimeSpan.FromMilliseconds(5);
        string last;
        do
        {
            try
            {
                var seen = await look();
                if (isRight(seen))
                    return seen;
                last = Describe(seen);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                last = $"{e.GetType().Name}: {e.Message}";
            }

            await Task.Delay(pause);
            pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 1.5, 100));
        }
        while (time.Elapsed < deadline);

        throw new TimeoutException($"Not within {deadline.TotalSeconds:0.#} s: {expected}\nLast seen: {last}");
    }

    public static Task<T> Get<T>(
        Func<T> look,
        Func<T, bool> isRight,
        TimeSpan? within = null,
        [CallerArgumentExpression(nameof(isRight))] string expected = "") =>
        Get(() => Task.FromResult(look()), isRight, within, expected);

    /// <summary>Polls until the condition holds.</summary>
    [OverloadResolutionPriority(1)]
    public static Task True(
        Func<Task<bool>> condition,
        TimeSpan? within = null,
        [CallerArgumentExpression(nameof(condition))] string expected = "") =>
        Get(condition, holds => holds, within, expected);

    public static Task True(
        Func<bool> condition,
        TimeSpan? within = null,
        [CallerArgumentExpression(nameof(condition))] string expected = "") =>
        Get(condition, holds => holds, within, expected);

    /// <summary>Polls until the assertions stop throwing; the last one's message is what a failure shows.</summary>
    public static Task Passes(
        Func<Task> assertions,
        TimeSpan? within = null,
        [CallerArgumentExpression(nameof(assertions))] string expected = "") =>
        Get(
            async () =>
            {
                await assertions();
                return true;
            },
            passed => passed,
            within,
            expected);

    private static string Describe<T>(T seen) => seen switch
    {
        null => "null",
        string text => $"\"{text}\"",
        System.Collections.IEnumerable many => "[" + string.Join(", ", many.Cast<object?>().Take(50)) + "]",
        _ => seen.ToString() ?? "",
    };
}

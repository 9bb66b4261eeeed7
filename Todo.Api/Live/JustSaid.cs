using System.Collections.Concurrent;
using System.Collections.Immutable;
using Todo.Contracts.Live;

namespace Todo.Api.Live;

/// <summary>
/// What this replica pushed in the last minutes. A page asks for everything at once, its lists and this line: what changed after a list was
/// read and before the line stood would reach it by neither. So it says how long ago it began to ask, and hears what was said since.
/// </summary>
internal sealed class JustSaid(TimeProvider clock)
{
    /// <summary>Who has been asking for longer than this asks once more.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    /// <summary>How long the line may have taken to get here after the page said how long it had been asking; one that took longer asks again by itself.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, ImmutableDictionary<string, Word>> _words = [];
    private long _hearsSince = long.MaxValue; // ticks: read and written whole by whoever comes

    /// <summary>False while a replica is too young to have been given its topics.</summary>
    public bool Hears => Volatile.Read(ref _hearsSince) != long.MaxValue;

    /// <summary>From now on what is said on the topics is heard here, and nothing of what was said before.</summary>
    public void HearsFromNow() => Volatile.Write(ref _hearsSince, clock.GetUtcNow().UtcTicks);

    /// <summary>Pushes to an owner's browsers, and remembers it under a name: of one name only the last matters.</summary>
    public Task SayAsync(ITaskHubClient to, Guid ownerId, string name, Func<ITaskHubClient, Task> say)
    {
        var word = new Word(clock.GetUtcNow(), say);
        _words.AddOrUpdate(ownerId, static (_, said) => ImmutableDictionary<string, Word>.Empty.Add(said.name, said.word), static (_, words, said) => words.SetItem(said.name, said.word), (name, word));
        return say(to);
    }

    /// <summary>Says again what was said to an owner since; where that is not known any more, that they should ask again.</summary>
    public async Task SayAgainAsync(ITaskHubClient to, Guid ownerId, TimeSpan ago)
    {
        var since = clock.GetUtcNow() - ago - OnTheWay;
        if (ago > Kept || since.UtcTicks < Volatile.Read(ref _hearsSince))
            await to.AskAgain();
        else if (_words.TryGetValue(ownerId, out var words))
            foreach (var word in words.Values.Where(word => word.At >= since).OrderBy(word => word.At))
                await word.Say(to);
    }

    /// <summary>Forgets what is too old; called from time to time.</summary>
    public void Forget()
    {
        var old = clock.GetUtcNow() - Kept - OnTheWay;
        foreach (var (owner, words) in _words)
        {
            var kept = words.RemoveRange(words.Where(word => word.Value.At < old).Select(word => word.Key));
            if (kept.IsEmpty)
                _words.TryRemove(new(owner, words));
            else if (kept.Count < words.Count)
                _words.TryUpdate(owner, kept, words);
        }
    }

    private sealed record Word(DateTimeOffset At, Func<ITaskHubClient, Task> Say);
}

namespace Todo.Bus.Outbox;

/// <summary>Topics that Kafka cannot take records for at the moment (missing, not allowed): left alone for a while that doubles, 1 to 30 seconds.</summary>
internal sealed class HeldTopics(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, (TimeSpan Pause, DateTimeOffset Until)> _topics = [];

    /// <summary>Names of the topics to leave alone now.</summary>
    public string[] Names { get; private set; } = [];

    /// <summary>Leaves a topic alone from now; false when it already is.</summary>
    public bool Hold(string topic)
    {
        var now = clock.GetUtcNow();
        var known = _topics.TryGetValue(topic, out var held);
        if (known && held.Until > now)
            return false; // the same trouble, told by another record

        var pause = known ? TimeSpan.FromTicks(Math.Min(held.Pause.Ticks * 2, Longest.Ticks)) : TimeSpan.FromSeconds(1);
        _topics[topic] = (pause, now + pause);
        Names = [.. _topics.Where(one => one.Value.Until > now).Select(one => one.Key)];
        return true;
    }

    /// <summary>A record went through: the trouble is over.</summary>
    public void Release(string topic)
    {
        if (_topics.Count > 0 && _topics.Remove(topic))
            Names = [.. Names.Where(name => name != topic)];
    }

    /// <summary>Lets topics be tried again whose pause is over.</summary>
    public void Refresh()
    {
        if (Names.Length > 0)
        {
            var now = clock.GetUtcNow();
            Names = [.. _topics.Where(one => one.Value.Until > now).Select(one => one.Key)];
        }
    }
}

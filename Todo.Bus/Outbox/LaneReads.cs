namespace Todo.Bus.Outbox;

/// <summary>Which lanes to read, and how many rows of each: those in flight, which come again, and a share of new ones.</summary>
internal readonly record struct LaneReads(short[] Lanes, int[] Rows)
{
    private readonly int[] _seen = new int[Outbox.Lanes.Count];

    public bool IsEmpty => Lanes is not { Length: > 0 };

    public static LaneReads Of(int lanes, int newRows, InFlight inFlight)
    {
        var wanted = Enumerable.Range(0, Outbox.Lanes.Count).Where(lane => (lanes & (1 << lane)) != 0).Select(lane => (short)lane).ToArray();
        var share = newRows / Math.Max(1, wanted.Length);
        return new LaneReads(wanted, Array.ConvertAll(wanted, lane => share + inFlight.InLane(lane)));
    }

    /// <summary>A row of the lane was read.</summary>
    public void Count(int lane) => _seen[lane]++;

    /// <summary>The lane was not read to the end.</summary>
    public void CutShort(int lane) => _seen[lane] = int.MaxValue / 2;

    /// <summary>Lanes that may have more rows than were read.</summary>
    public int FullLanes()
    {
        var full = 0;
        for (var i = 0; i < Lanes.Length; i++)
        {
            if (_seen[Lanes[i]] >= Rows[i])
                full |= 1 << Lanes[i];
        }

        return full;
    }
}

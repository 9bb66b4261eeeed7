namespace Todo.Web.Tasks;

/// <summary>
/// Where a long list is cut into chunks. A row that comes or goes makes its own chunk longer or shorter, and the others keep the rows they
/// have: of ten thousand, those that moved up by one are not drawn again.
/// </summary>
/// <param name="size">How many rows a chunk has to begin with; it may grow to twice as many.</param>
public sealed class TaskCuts(int size)
{
    private TaskTree _rows = TaskTree.Empty;
    private int[] _cuts = [0];

    public int Count => _cuts.Length - 1;

    /// <summary>The first row of a chunk, and the first behind it.</summary>
    public (int From, int To) this[int chunk] => (_cuts[chunk], _cuts[chunk + 1]);

    /// <summary>Cuts these rows where the last ones were cut, as far as they are the same.</summary>
    public void Follow(TaskTree rows)
    {
        if (ReferenceEquals(rows, _rows))
            return;
        _cuts = Moved(rows) is { } moved && Fits(moved) ? moved : Evenly(rows.Count);
        _rows = rows;
    }

    private int[]? Moved(TaskTree rows)
    {
        if (Count == 0 || rows.Count == 0)
            return null;
        var (head, tail) = (0, 0);
        var shorter = Math.Min(_rows.Count, rows.Count);
        while (head < shorter && Same(_rows, head, rows, head))
            head++;
        while (tail < shorter - head && Same(_rows, _rows.Count - 1 - tail, rows, rows.Count - 1 - tail))
            tail++;

        var moved = new int[_cuts.Length];
        for (var cut = 0; cut < Count; cut++)
        {
            var at = _cuts[cut];
            moved[cut] = at <= head ? at : at >= _rows.Count - tail ? at + rows.Count - _rows.Count : Math.Min(at, rows.Count - tail);
        }

        moved[^1] = rows.Count;
        return moved;
    }

    private static bool Same(TaskTree before, int row, TaskTree now, int at) => ReferenceEquals(before[row], now[at]) || before[row].TaskId == now[at].TaskId;

    private bool Fits(int[] cuts)
    {
        for (var chunk = 0; chunk < cuts.Length - 1; chunk++)
        {
            if (cuts[chunk + 1] - cuts[chunk] is var rows && (rows < 1 || rows > 2 * size))
                return false;
        }

        return true;
    }

    private int[] Evenly(int rows)
    {
        var cuts = new int[(rows + size - 1) / size + 1];
        for (var chunk = 0; chunk < cuts.Length; chunk++)
            cuts[chunk] = Math.Min(rows, chunk * size);
        return cuts;
    }
}

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

    /// <summary>Cuts these rows in front of the tasks where the last ones were cut, as far as these are still there.</summary>
    public void Follow(TaskTree rows)
    {
        if (ReferenceEquals(rows, _rows))
            return;
        var moved = Moved(rows);
        _cuts = Fits(moved) ? moved : Evenly(rows.Count);
        _rows = rows;
    }

    // Looks at the first row of each chunk only; where that is wrong, some rows too many are drawn again and nothing else.
    private int[] Moved(TaskTree rows)
    {
        var moved = new int[_cuts.Length];
        for (var (cut, by) = (1, 0); cut < Count; cut++)
        {
            by = Shift(rows, _cuts[cut], by);
            moved[cut] = _cuts[cut] + by;
        }

        moved[^1] = rows.Count;
        return moved;
    }

    // As far as the cut before it, or as all rows in sum, or something between; a row that is gone itself leaves its cut where it fell.
    private int Shift(TaskTree rows, int row, int by)
    {
        var all = rows.Count - _rows.Count;
        if (IsAt(by) || Math.Abs(all) > size)
            return by;
        for (var other = all; other != by; other -= Math.Sign(all - by))
        {
            if (IsAt(other))
                return other;
        }

        return by;

        bool IsAt(int shift) => row + shift >= 0 && row + shift < rows.Count && rows[row + shift].TaskId == _rows[row].TaskId;
    }

    private bool Fits(int[] cuts)
    {
        for (var chunk = 0; chunk < cuts.Length - 1; chunk++)
        {
            if (cuts[chunk + 1] - cuts[chunk] is var rows && (rows < 1 || rows > 2 * size))
                return false;
        }

        return cuts.Length > 1;
    }

    private int[] Evenly(int rows)
    {
        var cuts = new int[(rows + size - 1) / size + 1];
        for (var chunk = 0; chunk < cuts.Length; chunk++)
            cuts[chunk] = Math.Min(rows, chunk * size);
        return cuts;
    }
}

using System.Globalization;

namespace Todo.EndToEnd.Tests;

/// <summary>Who runs on this machine, and who started whom. Linux only; elsewhere it is empty.</summary>
internal sealed class ProcessTable
{
    private readonly List<Entry> _entries = [];

    public static ProcessTable Read()
    {
        var table = new ProcessTable();
        foreach (var folder in Directory.Exists("/proc/self") ? Directory.EnumerateDirectories("/proc") : [])
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                // After the name, which may hold anything: state, parent, …, and as the twentieth the moment it started.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[0] is not ("Z" or "X"))
                    table._entries.Add(new Entry(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[19], stat[..stat.LastIndexOf(')')]));
            }
            catch (IOException)
            {
                // Gone while we looked.
            }
        }

        return table;
    }

    public int? ParentOf(int id) => _entries.FirstOrDefault(entry => entry.Id == id)?.Parent;

    public IEnumerable<Entry> WithDescendants(int root) =>
        _entries.Where(entry => entry.Id == root).Concat(_entries.Where(entry => entry.Parent == root).SelectMany(child => WithDescendants(child.Id)));

    /// <summary>Those of earlier that run still; another with the id of one of them is not it.</summary>
    public IEnumerable<string> StillThere(IEnumerable<Entry> earlier) =>
        earlier.Where(was => _entries.Any(entry => entry.Id == was.Id && entry.Started == was.Started)).Select(was => was.Name);

    internal sealed record Entry(int Id, int Parent, string Started, string Name);
}

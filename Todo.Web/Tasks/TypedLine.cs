using Todo.Contracts.QuickAdd;
using Todo.Web.Dates;
using Todo.Web.Settings;

namespace Todo.Web.Tasks;

/// <summary>A line being typed and what quick add reads out of it. What a person sent away as a chip stays words, however the line goes on.</summary>
public sealed class TypedLine(UserClock clock, PreferenceStore preferences)
{
    private readonly HashSet<string> _left = [];

    public string Text { get; private set; } = "";

    public QuickAddResult Said { get; private set; } = new() { Title = "" };

    public void Read(string text)
    {
        Text = text;
        Said = Parse();

        // A task has one person here: a name after + would be taken out of the title and lead nowhere.
        if (Said.Tokens.Any(token => token.Kind == QuickTokenKind.Assignee))
            LeaveAll(token => token.Kind == QuickTokenKind.Assignee);
    }

    public void Leave(QuickToken token) => LeaveAll(other => other == token);

    /// <summary>Nothing that stands there now is to be read as anything but words.</summary>
    public void LeaveAll() => LeaveAll(_ => true);

    /// <summary>An empty line that has forgotten what was sent away.</summary>
    public void Clear()
    {
        _left.Clear();
        Read("");
    }

    private void LeaveAll(Func<QuickToken, bool> which)
    {
        // Words that were only visible once others were taken away may be a token of their own.
        for (var round = 0; round < 8 && Said.Tokens.Any(which); round++)
        {
            _left.UnionWith(Said.Tokens.Where(which).Select(token => token.Text));
            Said = Parse();
        }
    }

    private QuickAddResult Parse()
    {
        var wanted = preferences.Current;
        var escaped = _left.OrderByDescending(words => words.Length).Aggregate(Text, Escape);
        return QuickAddParser.Parse(escaped, new QuickAddContext(clock.Now, clock.Zone.Id, wanted.Locale, wanted.WeekStart, wanted.SmartDates));
    }

    // Every word of it, or "on friday" would become "friday"; a name in quotes is one word.
    private static string Escape(string line, string words)
    {
        var at = line.IndexOf(words, StringComparison.Ordinal);
        while (at >= 0)
        {
            if (at > 0 && line[at - 1] == '\\')
                break; // part of something longer that was sent away
            var escaped = "\\" + (words.Contains('"') ? words : words.Replace(" ", " \\", StringComparison.Ordinal));
            line = line[..at] + escaped + line[(at + words.Length)..];
            at = line.IndexOf(words, Math.Min(line.Length, at + escaped.Length), StringComparison.Ordinal);
        }

        return line;
    }
}

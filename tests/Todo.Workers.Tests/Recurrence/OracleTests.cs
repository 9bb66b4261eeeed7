using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ical.Net.DataTypes;
using Todo.Contracts.Recurrence;

namespace Todo.Workers.Tests.Recurrence;

/// <summary>Our dates against those of others. Month ends are left out or rewritten, because there ours are meant to differ.</summary>
public class OracleTests
{
    private const int Dates = 12;

    private const int Years = 10;

    // One JSON array of rules in, one array of date lists out. dateutil looks for a rule's next date until the year 9999, so a
    // rule that comes seldom or never is cut off by CPU time: what it found until then is all there is within our years.
    private const string Script = """
        import sys, json, datetime, signal
        from dateutil.rrule import rrulestr
        class Enough(Exception): pass
        def enough(*_): raise Enough()
        signal.signal(signal.SIGVTALRM, enough)
        out = []
        for rule, anchor in json.load(sys.stdin):
            start = datetime.datetime.strptime(anchor, "%Y-%m-%d")
            stop = start + datetime.timedelta(days=365 * 10)
            found = []
            try:
                # The alarm may also go off between the last day and its being turned off.
                try:
                    signal.setitimer(signal.ITIMER_VIRTUAL, 0.04)
                    for day in rrulestr(rule, dtstart=start):
                        if day >= stop or len(found) == 12: break
                        if day > start: found.append(day.strftime("%Y-%m-%d"))
                finally: signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            except Enough: pass
            out.append(found)
        json.dump(out, sys.stdout)
        """;

    [Fact]
    public async Task Ten_thousand_random_rules_have_the_dates_that_dateutil_gives_them()
    {
        var rules = RandomRule.Many(10_000, seed: 20261123, monthEnds: false).ToList();

        var theirs = await AskDateutilAsync(rules);

        Disagreements(rules, rules, theirs).Should().BeEmpty();
    }

    [Fact]
    public async Task A_month_end_is_what_dateutil_says_of_the_portable_way_to_write_it()
    {
        // The 31st clamped is "the last of 28 to 31"; RFC 5545 has no shorter way to say it.
        var anchors = Enumerable.Range(0, 300).Select(i => new DateOnly(2000, 1, 31).AddMonths(i)).ToList();
        var ours = anchors.ConvertAll(anchor => ($"FREQ=MONTHLY;INTERVAL={1 + (anchor.Month % 5)};BYMONTHDAY=31", anchor));
        var portable = ours.ConvertAll(rule => (rule.Item1.Replace("BYMONTHDAY=31", "BYMONTHDAY=28,29,30,31;BYSETPOS=-1", StringComparison.Ordinal), rule.anchor));

        Disagreements(ours, portable, await AskDateutilAsync(portable)).Should().BeEmpty();
    }

    [Fact]
    public void Where_Ical_Net_has_an_answer_ours_is_the_same()
    {
        // Where the two libraries differ between themselves (sets within a year, BYSETPOS) dateutil judges; and Ical.Net throws
        // where a rule has no date left, so only rules with enough of them are asked.
        var rules = RandomRule.Many(2_000, seed: 7, monthEnds: false)
            .Where(rule => !rule.Rule.Contains("BYSETPOS", StringComparison.Ordinal) && !rule.Rule.StartsWith("FREQ=YEARLY", StringComparison.Ordinal))
            .Where(rule => Ours(rule.Rule, rule.Anchor).Count == Dates)
            .ToList();

        var theirs = rules.ConvertAll(rule => AskIcal(rule.Rule, rule.Anchor));

        Disagreements(rules, rules, theirs).Should().BeEmpty();
    }

    private static List<string> Disagreements(
        List<(string Rule, DateOnly Anchor)> ours, List<(string Rule, DateOnly Anchor)> asked, List<List<string>> theirs)
    {
        var found = new List<string>();
        for (var i = 0; i < ours.Count; i++)
        {
            var dates = Ours(ours[i].Rule, ours[i].Anchor);
            if (!dates.SequenceEqual(theirs[i]))
                found.Add($"{asked[i].Rule} from {ours[i].Anchor:yyyy-MM-dd}: ours {string.Join(' ', dates)}, theirs {string.Join(' ', theirs[i])}");
        }

        return found;
    }

    private static List<string> Ours(string text, DateOnly anchor)
    {
        RuleText.TryParse(text, out var rule, out _).Should().BeTrue(text);
        var stop = anchor.AddDays(365 * Years);
        return [.. rule.After(anchor, anchor).TakeWhile(day => day < stop).Take(Dates)
            .Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
    }

    private static List<string> AskIcal(string rule, DateOnly anchor)
    {
        var start = new CalDateTime(anchor);
        var component = new Ical.Net.CalendarComponents.CalendarEvent { Start = start };
        component.RecurrenceRule = new(rule);
        var stop = anchor.AddDays(365 * Years);
        return [.. component.GetOccurrences(start)
            .Select(occurrence => occurrence.Period.StartTime.Date)
            .TakeWhile(day => day < stop)
            .Where(day => day > anchor)
            .Take(Dates)
            .Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
    }

    private static async Task<List<List<string>>> AskDateutilAsync(List<(string Rule, DateOnly Anchor)> rules)
    {
        var python = await PythonWithDateutilAsync();
        Assert.SkipWhen(python is null, "No python3 here has dateutil (Debian: python3-dateutil): nobody to compare with.");
        var questions = rules.ConvertAll(rule => new[] { rule.Rule, rule.Anchor.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) });
        var (code, answer) = await PythonAsync(python!, Script, JsonSerializer.Serialize(questions));
        code.Should().Be(0);
        return JsonSerializer.Deserialize<List<List<string>>>(answer)!;
    }

    // A python of one's own, first on the PATH, seldom has what the system's has.
    private static async Task<string?> PythonWithDateutilAsync()
    {
        foreach (var python in (string[])["python3", "/usr/bin/python3"])
        {
            try
            {
                if ((await PythonAsync(python, "import dateutil.rrule", "")).Code == 0)
                    return python;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is none of that name.
            }
        }

        return null;
    }

    private static async Task<(int Code, string Output)> PythonAsync(string program, string script, string input)
    {
        using var python = Process.Start(new ProcessStartInfo(program, ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        })!;
        var (reading, complaints) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.StandardInput.WriteAsync(input);
        python.StandardInput.Close();
        await python.WaitForExitAsync();
        await complaints;
        return (python.ExitCode, await reading);
    }
}

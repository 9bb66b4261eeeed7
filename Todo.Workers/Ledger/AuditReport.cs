using System.Globalization;

namespace Todo.Workers.Ledger;

/// <summary>One kind of gap that the audit looks for, what it found of it, and what it did about it.</summary>
internal sealed record Finding(string What, IReadOnlyList<Guid> Ids, string Repair);

/// <summary>What an audit found. Missed means that a reminder's time passed and nobody was told, or that a repeating task did not come again.</summary>
internal sealed record AuditReport(IReadOnlyList<Finding> Findings, long Missed, long Duplicated, long OccurrencesMissed)
{
    private const int IdsShown = 5;

    public bool IsClean => Missed == 0 && Duplicated == 0 && OccurrencesMissed == 0 && Findings.All(finding => finding.Ids.Count == 0);

    public override string ToString() => string.Join('\n',
    [
        .. Findings.Select(Line),
        $"{(Missed == 0 ? "ok     " : "MISSED ")} {Missed} reminders missed",
        $"{(OccurrencesMissed == 0 ? "ok     " : "MISSED ")} {OccurrencesMissed} occurrences missed",
        $"{(Duplicated == 0 ? "ok     " : "found  ")} {Duplicated} reminders fired more than once",
    ]);

    private static string Line(Finding finding)
    {
        if (finding.Ids.Count == 0)
            return $"ok      no {finding.What}";
        var shown = string.Join(", ", finding.Ids.Take(IdsShown)) + (finding.Ids.Count > IdsShown ? ", …" : "");
        return string.Create(CultureInfo.InvariantCulture, $"found   {finding.Ids.Count} {finding.What}: {finding.Repair} ({shown})");
    }
}

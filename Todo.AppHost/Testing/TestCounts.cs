using System.Globalization;

namespace Todo.AppHost.Testing;

/// <summary>How a test run ended, and the one line that says so.</summary>
internal readonly record struct TestCounts(int Passed, int Failed, int Skipped)
{
    public static TestCounts operator +(TestCounts one, TestCounts other) =>
        new(one.Passed + other.Passed, one.Failed + other.Failed, one.Skipped + other.Skipped);

    /// <summary>Reads the summary a test project prints last; null where it ended without one.</summary>
    public static TestCounts? Read(string output)
    {
        var summary = output.LastIndexOf("Test run summary:", StringComparison.Ordinal);
        if (summary < 0)
            return null;

        var numbers = output[summary..].Split('\n')
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out _))
            .ToLookup(parts => parts[0].Trim(), parts => int.Parse(parts[1], CultureInfo.InvariantCulture));
        return new TestCounts(numbers["succeeded"].FirstOrDefault(), numbers["failed"].FirstOrDefault(), numbers["skipped"].FirstOrDefault());
    }

    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}

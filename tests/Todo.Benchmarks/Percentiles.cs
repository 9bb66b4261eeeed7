namespace Todo.Benchmarks;

internal static class Percentiles
{
    /// <summary>The value that this share of the values does not exceed, rounded to a tenth.</summary>
    public static double At(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return Math.Round(sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)], 1);
    }
}

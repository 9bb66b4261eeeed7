namespace Todo.AppHost.Processes;

/// <summary>Files only their owner may read.</summary>
internal static class PrivateFile
{
    public static async Task WriteAsync(string path, string content, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        await using var writer = new StreamWriter(new FileStream(path, options));
        await writer.WriteAsync(content.AsMemory(), ct);
    }
}

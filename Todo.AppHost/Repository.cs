namespace Todo.AppHost;

/// <summary>Where the clone is that we were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Environment.CurrentDirectory)
        ?? throw new HostException("Start this from within a clone of the repository: TodoBus.sln was not found in any folder above.");

    public static string LocalComponents => Path.Combine(Root, "components", "local");

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TodoBus.sln")))
                return folder.FullName;
        }

        return null;
    }
}

using System.Xml.Linq;

namespace Todo.Architecture.Tests;

/// <summary>The sources these tests read: projects, what they reference, and their code.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Products { get; } =
        ["Todo.Contracts", "Todo.Bus", "Todo.Api", "Todo.Workers", "Todo.Web", "Todo.AppHost"];

    public static IEnumerable<string> ProjectFiles() =>
        Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories).Where(IsOurs);

    /// <summary>Names of the projects a project file references, with whatever else it may say about them.</summary>
    public static IReadOnlyList<string> ProjectReferences(XDocument project) =>
        [.. project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];

    public static IReadOnlyList<string> PackageReferences(XDocument project) =>
        [.. project.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value)];

    public static XDocument Project(string name) => XDocument.Load(Path.Combine(Root, name, name + ".csproj"));

    public static IEnumerable<(string Path, string Text)> Sources(params string[] folders) =>
        folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && IsOurs(file))
            .Select(file => (Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllText(file)));

    private static bool IsOurs(string file) =>
        !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" || part.StartsWith('.'));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TodoBus.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("TodoBus.sln is in no folder above these tests.");
    }
}

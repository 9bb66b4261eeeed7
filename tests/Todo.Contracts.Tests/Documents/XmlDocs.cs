using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Todo.Contracts.Tests.Documents;

/// <summary>What the code says about itself: the summaries beside the types, as plain text for readers of another language.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.ChangeExtension(typeof(MessageCatalogue).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public static string? Of(Type type) => Text(Members.GetValueOrDefault($"T:{type.FullName}")?.Element("summary"));

    public static string? RemarksOf(Type type) => Text(Members.GetValueOrDefault($"T:{type.FullName}")?.Element("remarks"));

    /// <summary>A property by its summary, or by what the record says of its parameter.</summary>
    public static string? Of(Type type, string jsonName)
    {
        var name = char.ToUpperInvariant(jsonName[0]) + jsonName[1..];
        return Text(Members.GetValueOrDefault($"P:{type.FullName}.{name}")?.Element("summary"))
            ?? Text(Members.GetValueOrDefault($"T:{type.FullName}")?.Elements("param").FirstOrDefault(param => param.Attribute("name")!.Value == name));
    }

    /// <summary>The words of an enum, each with what it means.</summary>
    public static IEnumerable<(string Word, string? Meaning)> OfWords(Type type) =>
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        let word = field.GetCustomAttribute<System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name
        select (word, Text(Members.GetValueOrDefault($"F:{type.FullName}.{field.Name}")?.Element("summary")));

    private static string? Text(XElement? element) =>
        element is null ? null : Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{Name(see.Attribute("cref")!.Value)}`",
        XElement { Name.LocalName: "paramref" } param => $"`{Camel(param.Attribute("name")!.Value)}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => other.Value,
        _ => "",
    };

    // P:Todo.Contracts.Tasks.TaskView.Version is `version` to somebody who reads JSON; a type keeps its name.
    private static string Name(string cref) => cref[0] == 'P' ? Camel(cref[(cref.LastIndexOf('.') + 1)..]) : cref[(cref.LastIndexOf('.') + 1)..];

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.SagaStateMachine;
using Todo.Workers.Recurrence;
using Todo.Workers.Reminders;

namespace Todo.Workers.Tests.Sagas;

/// <summary>The pages draw what the machines do. Run with TODO_WRITE_DOCS=1 to draw them anew.</summary>
public class DiagramTests
{
    [Fact]
    public void The_page_about_reminders_draws_the_machine() =>
        Check("reminders.md", new ReminderStateMachine(TimeProvider.System).GetGraph());

    [Fact]
    public void The_page_about_recurrence_draws_the_machine() =>
        Check("recurrence.md", new RecurrenceStateMachine(TimeProvider.System).GetGraph());

    private static void Check(string page, StateMachineGraph graph)
    {
        var file = Path.Combine(DocsFolder(), page);
        var text = File.ReadAllText(file);
        var begin = text.IndexOf("```mermaid", StringComparison.Ordinal);
        var end = text.IndexOf("```", begin + 3, StringComparison.Ordinal) + 3;
        var drawn = Draw(graph);
        if (Environment.GetEnvironmentVariable("TODO_WRITE_DOCS") == "1")
            File.WriteAllText(file, text[..begin] + drawn + text[end..]);
        else
            text[begin..end].Should().Be(drawn, "docs/sagas/{0} draws the machine as it is", page);
    }

    private static string Draw(StateMachineGraph graph)
    {
        var used = graph.Edges.SelectMany(edge => new[] { edge.From, edge.To }).ToHashSet();
        var states = used.Where(IsState).Select(state => state.Title).ToHashSet();
        var nodes = used.Select(Node).Order(StringComparer.Ordinal);
        var arrows = graph.Edges
            .GroupBy(edge => IsState(edge.From) ? edge.To.Title : edge.From.Title)
            .SelectMany(heard => Arrows(heard.Key, [.. heard], states))
            .Order(StringComparer.Ordinal);
        return string.Join('\n', ["```mermaid", "flowchart LR", "    any([any state])", .. nodes, .. arrows, "```"]);
    }

    // What is heard alike in every state gets one arrow, or nobody could follow the lines.
    private static IEnumerable<string> Arrows(string heard, Edge[] edges, HashSet<string> states)
    {
        var from = edges.Where(edge => IsState(edge.From)).Select(edge => edge.From.Title).Distinct().ToList();
        var to = edges.Where(edge => IsState(edge.To)).Select(edge => edge.To.Title).Distinct();
        return (states.SetEquals(from) ? ["any"] : from).Select(state => $"    {state} --> {Id(heard)}")
            .Concat(to.Select(state => $"    {Id(heard)} --> {state}"));
    }

    private static string Node(Vertex vertex) => IsState(vertex) ? $"    {vertex.Title}([{vertex.Title}])" : $"    {Id(vertex.Title)}[/{vertex.Title}/]";

    private static string Id(string title) => title.Replace(".", "", StringComparison.Ordinal);

    private static bool IsState(Vertex vertex) => vertex.VertexType == typeof(State);

    private static string DocsFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/sagas"));
}

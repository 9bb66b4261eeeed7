using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Markdig;

namespace Todo.Contracts.Tests.Documents;

/// <summary>The guide and every message as one page for people: no script, no inline style.</summary>
internal static class Page
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml().Build();

    public static string Of(string guide)
    {
        var page = new StringBuilder();
        page.Append("""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>TodoBus: topics and messages</title>
            <link rel="stylesheet" href="/contracts/contracts.css">
            </head>
            <body>
            <nav><a href="/contracts/asyncapi.yaml">asyncapi.yaml</a> <a href="/contracts/asyncapi.json">asyncapi.json</a>
            """).Append('\n');
        foreach (var topic in Topics.Published)
            page.Append(CultureInfo.InvariantCulture, $"<a href=\"#topic-{topic.Name}\">{topic.Name}</a>\n");
        page.Append("</nav>\n<main>\n").Append(Markdig.Markdown.ToHtml(guide, Markdown).ReplaceLineEndings("\n"));

        page.Append("<h2 id=\"messages\">Every message</h2>\n");
        foreach (var topic in Topics.Published)
            Write(page, topic);

        page.Append("<h2 id=\"types\">Types within messages</h2>\n");
        foreach (var (name, schema) in SchemaWriter.All("#type-").Where(pair => Message.All.All(message => message.Type.Name != pair.Key)))
            page.Append(CultureInfo.InvariantCulture, $"<section id=\"type-{name}\"><h3>{name}</h3><p>{Text(schema!["description"])}</p>\n").Append(Fields(schema.AsObject())).Append("</section>\n");
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Write(StringBuilder page, TopicDescription topic)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section class=\"topic\" id=\"topic-{topic.Name}\"><h3>{topic.Name}</h3>\n<p>{Text(topic.Meaning)}</p>\n")
            .Append(CultureInfo.InvariantCulture, $"<dl><dt>Key</dt><dd><code>{topic.Key}</code>, as text</dd><dt>Order</dt><dd>{Text(topic.Ordering)}</dd>")
            .Append(CultureInfo.InvariantCulture, $"<dt>Written by</dt><dd>{(topic.Use == TopicUse.Read ? "TodoBus" : "you, and TodoBus itself")}</dd></dl>\n");
        var schemas = SchemaWriter.All("#type-");
        foreach (var message in Message.All.Where(message => message.Topic == topic))
        {
            page.Append(CultureInfo.InvariantCulture, $"<article id=\"{message.Id}\"><h4>{message.Id}{(message.Named.Ours ? " <small>our own programs only</small>" : "")}</h4>\n<p>{Text(message.Meaning)}</p>\n");
            if (message.Remarks is { } remarks)
                page.Append(CultureInfo.InvariantCulture, $"<p>{Text(remarks)}</p>\n");
            page.Append(Fields(schemas[message.Type.Name]!.AsObject()))
                .Append(CultureInfo.InvariantCulture, $"<details><summary>Example</summary><pre><code>{WebUtility.HtmlEncode(ContractFiles.Json(message.Event))}</code></pre></details>\n")
                .Append(CultureInfo.InvariantCulture, $"<p><a href=\"/contracts/schemas/{message.Id}.json\">JSON Schema of the data</a></p></article>\n");
        }

        page.Append("</section>\n");
    }

    private static string Fields(JsonObject schema)
    {
        var required = schema["required"]?.AsArray().Select(name => name!.GetValue<string>()).ToHashSet() ?? [];
        var rows = schema["properties"]!.AsObject().Select(field =>
            $"<tr><td><code>{field.Key}</code></td><td>{TypeOf(field.Value!.AsObject())}</td><td>{(required.Contains(field.Key) ? "always" : "")}</td><td>{Text(field.Value["description"])}</td></tr>\n");
        return $"<table><thead><tr><th>field</th><th>type</th><th>there</th><th>meaning</th></tr></thead><tbody>\n{string.Concat(rows)}</tbody></table>\n";
    }

    private static string TypeOf(JsonObject schema)
    {
        if (schema["$ref"]?.GetValue<string>() is { } link)
            return $"<a href=\"{link}\">{link["#type-".Length..]}</a>";
        if (schema["anyOf"]?[0] is JsonObject one)
            return TypeOf(one);
        var name = schema["type"] is JsonArray several ? several[0]!.GetValue<string>() : schema["type"]?.GetValue<string>() ?? "any";
        if (name == "array")
            return $"list of {TypeOf(schema["items"]!.AsObject())}";
        if (schema["enum"] is JsonArray words)
            return string.Join(" | ", words.Where(word => word is not null).Select(word => $"<code>{WebUtility.HtmlEncode(word!.GetValue<string>())}</code>"));
        return schema["format"] is { } format ? $"{name}, {format}" : name;
    }

    /// <summary>Descriptions are plain text with `code`.</summary>
    private static string Text(JsonNode? description) => Text(description?.GetValue<string>() ?? "");

    private static string Text(string text) => string.Concat(
        WebUtility.HtmlEncode(text).Split('`').Select((part, place) => place % 2 == 0 ? part : $"<code>{part}</code>"));
}

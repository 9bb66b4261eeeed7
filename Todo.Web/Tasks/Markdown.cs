using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Todo.Web.Tasks;

/// <summary>Notes as people mean them: headings, lists, quotes, code, emphasis, links.</summary>
/// <remarks>Builds elements, never markup: whatever stands in the text, no tag and no script of its making reaches the page.</remarks>
public sealed class Markdown : ComponentBase
{
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        foreach (var block in MarkdownText.Blocks(Text))
        {
            builder.OpenElement(0, block.Tag);
            if (block.Tag == "pre")
            {
                builder.AddAttribute(10, "tabindex", "0"); // it scrolls sideways, which keys must be able to do
                builder.AddContent(1, block.Lines[0]);
            }
            else if (block.Tag is "ul" or "ol")
            {
                foreach (var line in block.Lines)
                {
                    builder.OpenElement(2, "li");
                    Inline(builder, line);
                    builder.CloseElement();
                }
            }
            else
            {
                for (var i = 0; i < block.Lines.Count; i++)
                {
                    if (i > 0)
                    {
                        builder.OpenElement(3, "br");
                        builder.CloseElement();
                    }

                    Inline(builder, block.Lines[i]);
                }
            }

            builder.CloseElement();
        }
    }

    private static void Inline(RenderTreeBuilder builder, string line)
    {
        foreach (var span in MarkdownText.Spans(line))
        {
            if (span.Tag is null)
            {
                builder.AddContent(4, span.Text);
                continue;
            }

            builder.OpenElement(5, span.Tag);
            if (span.Link is not null)
            {
                builder.AddAttribute(6, "href", span.Link);
                builder.AddAttribute(7, "target", "_blank");
                builder.AddAttribute(8, "rel", "noopener noreferrer nofollow");
            }

            builder.AddContent(9, span.Text);
            builder.CloseElement();
        }
    }
}

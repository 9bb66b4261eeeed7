using Todo.Web.Tasks;

namespace Todo.Web.Tests.Tasks;

public sealed class MarkdownTextTests
{
    [Fact]
    public void Blocks_are_headings_lists_quotes_code_and_paragraphs()
    {
        var blocks = MarkdownText.Blocks("# Plan\n\n- one\n- two\n\n1. first\n\n> said\n\n```\n<b>\n```\nwords\nmore");

        blocks.Select(block => block.Tag).Should().Equal("h3", "ul", "ol", "blockquote", "pre", "p");
    }

    [Theory]
    [InlineData("say **loud** words", "strong", "loud")]
    [InlineData("an *em* word", "em", "em")]
    [InlineData("run `rm -rf`", "code", "rm -rf")]
    [InlineData("~~gone~~", "del", "gone")]
    public void Marks_become_elements(string line, string tag, string text)
    {
        MarkdownText.Spans(line).Should().ContainEquivalentOf(new MarkdownText.Span(tag, text));
    }

    [Theory]
    [InlineData("2 * 3 * 4")]
    [InlineData("snake_case_names")]
    [InlineData("**never closed")]
    [InlineData("<script>alert(1)</script>")]
    public void What_is_not_markdown_stays_text(string line)
    {
        MarkdownText.Spans(line).Should().OnlyContain(span => span.Tag == null);
        string.Concat(MarkdownText.Spans(line).Select(span => span.Text)).Should().Be(line);
    }

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](data:text/html,hi)")]
    [InlineData("[x](/api/v1/account)")]
    public void Links_lead_to_the_web_or_nowhere(string line)
    {
        MarkdownText.Spans(line).Should().OnlyContain(span => span.Link == null);
    }

    [Fact]
    public void A_bare_address_becomes_a_link_without_the_full_stop_after_it()
    {
        MarkdownText.Spans("see https://example.org/a?b=1.").Should().ContainEquivalentOf(
            new MarkdownText.Span("a", "https://example.org/a?b=1", "https://example.org/a?b=1"));
    }
}

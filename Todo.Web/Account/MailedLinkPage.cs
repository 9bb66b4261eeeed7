using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Todo.Web.Http;

namespace Todo.Web.Account;

/// <summary>A page that a mailed link leads to. Its token follows <c>#</c>, so that browsers keep it to themselves: no server and no log sees it.</summary>
public abstract class MailedLinkPage : ComponentBase, IDisposable
{
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    protected string Token { get; private set; } = "";

    protected Problem? Problem { get; set; }

    /// <summary>Why the link is of no use; null while it may be.</summary>
    protected string? Over => Token.Length == 0 ? "This link is not whole: copy all of it out of the mail." : Field("token");

    protected string? Field(string name) => Problem?.Fields.GetValueOrDefault(name);

    protected override void OnInitialized()
    {
        Token = new Uri(Navigation.Uri).Fragment.TrimStart('#');
        Navigation.LocationChanged += Moved;
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Navigation.LocationChanged -= Moved;
    }

    // Another link pasted over this one: for the router that is the same page.
    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(() =>
    {
        (Token, Problem) = (new Uri(e.Location).Fragment.TrimStart('#'), null);
        StateHasChanged();
    });
}

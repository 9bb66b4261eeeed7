using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Todo.Web.Rehearsal;

/// <summary>What a rehearsal stands on instead of the page: a browser that does nothing, at once.</summary>
internal sealed class NoBrowser : IJSRuntime, IJSObjectReference
{
    private const DynamicallyAccessedMemberTypes Read =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties;

    public ValueTask<T> InvokeAsync<[DynamicallyAccessedMembers(Read)] T>(string identifier, object?[]? args) =>
        identifier == "import" ? new((T)(object)this) : default;

    public ValueTask<T> InvokeAsync<[DynamicallyAccessedMembers(Read)] T>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
        InvokeAsync<T>(identifier, args);

    public ValueTask DisposeAsync() => default;
}

/// <summary>A server that never answers.</summary>
internal sealed class NoServer : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        new TaskCompletionSource<HttpResponseMessage>().Task;
}

/// <summary>An address that stays what it is.</summary>
internal sealed class NoNavigation : NavigationManager
{
    public NoNavigation() => Initialize("https://nowhere.invalid/", "https://nowhere.invalid/inbox");

    protected override void NavigateToCore(string uri, NavigationOptions options)
    {
    }
}

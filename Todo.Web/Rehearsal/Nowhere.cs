using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Todo.Web.Rehearsal;

/// <summary>What a rehearsal stands on instead of the page: a browser that does nothing, whose next frame never comes, so that no request goes out.</summary>
internal sealed class NoBrowser : IJSRuntime, IJSObjectReference
{
    private const DynamicallyAccessedMemberTypes Read =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties;

    public ValueTask<T> InvokeAsync<[DynamicallyAccessedMembers(Read)] T>(string identifier, object?[]? args) => identifier switch
    {
        "import" => new((T)(object)this),
        "painted" => new(new TaskCompletionSource<T>().Task),
        _ => default,
    };

    public ValueTask<T> InvokeAsync<[DynamicallyAccessedMembers(Read)] T>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
        InvokeAsync<T>(identifier, args);

    public ValueTask DisposeAsync() => default;
}

/// <summary>A server that is never reached.</summary>
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

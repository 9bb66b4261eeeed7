using Microsoft.AspNetCore.Authorization;

namespace Todo.Api.Identity;

/// <summary>What a route asks of a token beside tasks:read and tasks:write, which follow from the method.</summary>
internal sealed record NeedsScope(string Scope);

/// <summary>Marks a route that only a person at a browser may use.</summary>
internal sealed record NeedsBrowser;

/// <summary>Somebody is signed in, and if they came by token, its scopes cover the route.</summary>
internal sealed class ScopeRequirement : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.User.Identity is not { IsAuthenticated: true, AuthenticationType: var how } || Allows(context, how == TokenScheme.Name))
            context.Succeed(requirement); // nobody at all is refused by the policy's other half
        return Task.CompletedTask;
    }

    private static bool Allows(AuthorizationHandlerContext context, bool byToken)
    {
        if (!byToken)
            return true;
        if (context.Resource is not HttpContext http || http.GetEndpoint()?.Metadata is not { } metadata || metadata.GetMetadata<NeedsBrowser>() is not null)
            return false;
        var reading = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var needed = metadata.GetMetadata<NeedsScope>()?.Scope ?? (reading ? "tasks:read" : "tasks:write");
        return context.User.HasClaim(TokenScheme.Scope, needed);
    }
}

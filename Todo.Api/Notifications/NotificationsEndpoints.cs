using Todo.Api.Edge;

namespace Todo.Api.Notifications;

internal static class NotificationsEndpoints
{
    public static RouteGroupBuilder MapNotifications(this RouteGroupBuilder api)
    {
        var notifications = api.MapGroup("/notifications").WithTags("Notifications");
        notifications.MapGet("/", ListNotifications.Handle).WithSummary("What is under the bell, newest first.");
        notifications.MapPost("/{notificationId:guid}/dismiss", DismissNotifications.One).WithSummary("Dismisses one, on every device.");
        notifications.MapPost("/dismiss-all", DismissNotifications.All).WithSummary("Dismisses all, on every device.");
        notifications.MapPost("/test", TestNotification.Handle).WithSummary("Sends you a notification to see that it arrives.");
        return api;
    }

    public static void MapUnsubscribe(this IEndpointRouteBuilder app)
    {
        app.MapGet("/unsubscribe/{userId:guid}", Unsubscribe.Ask).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/unsubscribe/{userId:guid}", Unsubscribe.Handle).AllowAnonymous().RequireRateLimiting(RateLimits.Door).ExcludeFromDescription();
    }
}

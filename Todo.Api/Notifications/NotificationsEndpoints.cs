namespace Todo.Api.Notifications;

internal static class NotificationsEndpoints
{
    public static RouteGroupBuilder MapNotifications(this RouteGroupBuilder api)
    {
        var notifications = api.MapGroup("/notifications").WithTags("Notifications");
        notifications.MapGet("/", ListNotifications.Handle).WithSummary("What is under the bell, newest first.");
        notifications.MapPost("/{notificationId:guid}/dismiss", DismissNotifications.One).WithSummary("Dismisses one, on every device.");
        notifications.MapPost("/dismiss-all", DismissNotifications.All).WithSummary("Dismisses all, on every device.");
        return api;
    }
}

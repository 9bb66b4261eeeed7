using Todo.Web.Account;
using Todo.Web.Dates;
using Todo.Web.Filters;
using Todo.Web.Http;
using Todo.Web.Keyboard;
using Todo.Web.Labels;
using Todo.Web.Layout;
using Todo.Web.Live;
using Todo.Web.Notifications;
using Todo.Web.Projects;
using Todo.Web.Rehearsal;
using Todo.Web.Settings;
using Todo.Web.Tasks;

namespace Todo.Web;

/// <summary>Everything a page is made of, but for what it stands on: the browser, the server and the time.</summary>
internal static class ClientServices
{
    public static IServiceCollection AddClient(this IServiceCollection services) => services
        .AddSingleton<UserClock>()
        .AddSingleton<Api>().AddSingleton<Patience>().AddSingleton<Outgoing>()
        .AddSingleton<Browser>()
        .AddAccount().AddTasks().AddProjects().AddLabels().AddFilters().AddNotifications().AddLive().AddLayout().AddKeyboard().AddSettings()
        .AddSingleton<Scenes>();
}

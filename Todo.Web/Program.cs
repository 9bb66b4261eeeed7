using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using Microsoft.JSInterop;
using Todo.Web;
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
using Todo.Web.Settings;
using Todo.Web.Tasks;

var builder = WebAssemblyHostBuilder.CreateDefault(args);

builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(services => new HttpClient(new EarlyAnswers(services.GetRequiredService<IJSRuntime>()) { InnerHandler = new HttpClientHandler() })
{
    BaseAddress = new Uri(builder.HostEnvironment.BaseAddress),
});
builder.Services.AddSingleton<UserClock>();
builder.Services.AddSingleton<Api>().AddSingleton<Patience>().AddSingleton<Outgoing>();
builder.Services.AddSingleton<Browser>();
builder.Services.AddAccount().AddTasks().AddProjects().AddLabels().AddFilters().AddNotifications().AddLive().AddLayout().AddKeyboard().AddSettings();

await builder.Build().RunAsync();

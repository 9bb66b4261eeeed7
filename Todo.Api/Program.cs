using Todo.Api.Audit;
using Todo.Api.Commands;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Api.Lists;
using Todo.Api.Live;
using Todo.Api.Notifications;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Bus.Hosting;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceBasics();
builder.AddTodoStorage();
builder.AddTodoBus<TodoDbContext>(bus => bus.AddTaskTopics().AddCommandTopics().AddLiveTopics().AddNotificationTopics());
builder.AddTodoIdentity();
builder.AddEdge();
builder.AddClientFiles();
builder.Services.AddTasks().AddCommands().AddLists().AddPreferences().AddLive().AddAccounts().AddUpkeep();

var app = builder.Build();
app.UseEdge();
app.MapGroup("/api/v1").RequireAuthorization()
    .MapAccount()
    .MapTasks()
    .MapLists()
    .MapNotifications()
    .MapPreferences()
    .MapLive()
    .MapAudit();
app.MapTaskHub();
app.MapUnsubscribe();
app.MapServiceBasics();
app.MapReference();
app.MapContracts();
app.MapClient();
app.Run();

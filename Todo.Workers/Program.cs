using Todo.Bus.DeadLetters;
using Todo.Bus.Hosting;
using Todo.Bus.Outbox;
using Todo.Workers;
using Todo.Workers.Audit;
using Todo.Workers.Events;
using Todo.Workers.Jobs;
using Todo.Workers.Ledger;
using Todo.Workers.Notifications;
using Todo.Workers.Recurrence;
using Todo.Workers.Reminders;
using Todo.Workers.Storage;

var builder = WebApplication.CreateBuilder(args);
if (args is [EventsCommand.Name, .. var wishes])
    return await EventsCommand.RunAsync(wishes, builder.Configuration, Console.Out, Console.Error);
if (args is [AuditCommand.Name])
    AuditCommand.ListenToNobody(builder);

builder.AddServiceBasics();
builder.AddWorkersStorage();
var roles = args is [AuditCommand.Name] ? Roles.None : Roles.From(builder.Configuration);
builder.AddTodoBus<WorkersDbContext>(bus =>
{
    bus.AddLedgerRepairs();
    if (roles.Has(Roles.Reminders))
        bus.AddReminderTopics();
    if (roles.Has(Roles.Recurrence))
        bus.AddRecurrenceTopics();
    if (roles.Has(Roles.Notifications))
        bus.AddNotificationTopics();
    if (roles.Has(Roles.Audit))
        bus.AddAuditTopics().AddLedgerTopics();
});
if (roles.Has(Roles.Notifications))
    builder.Services.AddNotifications(builder.Configuration);
if (roles.Has(Roles.Jobs))
    builder.AddJobs();

builder.Services.AddLedgerAudit();

var app = builder.Build();
if (args is [AuditCommand.Name])
    return await AuditCommand.RunAsync(app);
if (args is ["dead-letters", .. var words])
    return await DeadLetterCommand.RunAsync(words, app.Configuration.GetConnectionString("Todo")!, Console.Out, Console.Error);
if (args is ["outbox", .. var sayings])
    return await OutboxCommand.RunAsync(sayings, app.Configuration.GetConnectionString("Todo")!, Console.Out, Console.Error);

app.MapServiceBasics();
if (roles.Has(Roles.Jobs))
    app.MapJobs();
app.Run();
return 0;

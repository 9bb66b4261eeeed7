using Microsoft.AspNetCore.Identity;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Api.Identity;

/// <summary>With Demo:User and Demo:Password set, somebody to look around as, with a day's worth of tasks. Made once.</summary>
internal sealed class DemoUser(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<DemoUser> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration["Demo:User"] is not { Length: > 0 } email || configuration["Demo:Password"] is not { Length: > 0 } password)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MakeAsync(email, password, stoppingToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.DemoWaits(e);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private async Task MakeAsync(string email, string password, CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<TodoUser>>();
        if (await users.FindByEmailAsync(email) is not null)
            return;

        await EnsureRoleAsync(scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>());
        var (user, _) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync(email, password, null, stoppingToken);
        if (user is null)
            return; // another replica was first
        await users.AddToRoleAsync(user, IdentitySetup.Operator);
        await SeedAsync(scope.ServiceProvider, user.Id, stoppingToken);
        log.DemoSeeded();
    }

    private static async Task EnsureRoleAsync(RoleManager<IdentityRole<Guid>> roles)
    {
        if (!await roles.RoleExistsAsync(IdentitySetup.Operator))
            await roles.CreateAsync(new IdentityRole<Guid>(IdentitySetup.Operator) { Id = Guid.CreateVersion7() });
    }

    private async Task SeedAsync(IServiceProvider services, Guid userId, CancellationToken ct)
    {
        var (writer, now) = (services.GetRequiredService<TaskWriter>(), clock.Now());
        await writer.BeginAsync(userId, ct);
        var place = 0;
        foreach (var request in Samples(DateOnly.FromDateTime(now.UtcDateTime), now))
        {
            var (task, created) = TaskItem.Create(Guid.CreateVersion7(now), userId, request, new Whereabouts("UTC"), now.AddMilliseconds(place++));
            writer.Add(task, created);
        }

        await writer.CommitAsync(ct);
    }

    private static IEnumerable<CreateTaskRequest> Samples(DateOnly today, DateTimeOffset now) =>
    [
        new() { Title = "Look around: this reminder comes in two minutes", Due = new Due(today), Priority = 1, Reminders = [new Reminder(Guid.CreateVersion7(now), now.AddMinutes(2))] },
        new() { Title = "Water the plants", Due = new Due(today, new TimeOnly(18, 0)), Recurrence = new RecurrenceRule("FREQ=DAILY;INTERVAL=2"), Labels = ["home"] },
        new() { Title = "Pay the rent", Due = new Due(today.AddDays(3)), Recurrence = new RecurrenceRule("FREQ=MONTHLY", RecurrenceMode.KeepMissed), Priority = 2, Labels = ["money"] },
        new() { Title = "Write to Ana about the **trip**", Notes = "Ask her about\n\n- trains\n- the cabin", Due = new Due(today.AddDays(1)), Labels = ["people"] },
        new() { Title = "Read a chapter", Recurrence = new RecurrenceRule("FREQ=WEEKLY;BYDAY=MO,WE,FR", RecurrenceMode.AfterCompletion), Due = new Due(today), Labels = ["home"] },
        new() { Title = "Somewhere to put ideas" },
    ];
}

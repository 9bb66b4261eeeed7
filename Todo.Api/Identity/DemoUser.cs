using Microsoft.AspNetCore.Identity;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Api.Tasks;
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
        var (writer, db, now) = (services.GetRequiredService<TaskWriter>(), services.GetRequiredService<TodoDbContext>(), clock.Now());
        var day = new DemoDay(userId, DateOnly.FromDateTime(now.UtcDateTime), now).Fill();
        await writer.BeginAsync(userId, ct);
        db.AddRange(day.Projects);
        db.AddRange(day.Sections);
        db.AddRange(day.Labels);
        db.AddRange(day.Filters);
        var place = 0;
        foreach (var request in day.Open)
        {
            var (task, created) = TaskItem.Create(request.TaskId!.Value, userId, request, new Whereabouts("UTC"), now.AddMilliseconds(place++));
            writer.Add(task, created);
        }

        foreach (var (n, title) in day.Done.Index())
        {
            var when = now.AddHours(-5 - (17 * n));
            var (task, created) = TaskItem.Create(Guid.CreateVersion7(when), userId, new CreateTaskRequest { Title = title }, new Whereabouts("UTC"), when.AddHours(-20));
            writer.Add(task, created);
            writer.Tell(task.Complete(userId, when)!);
        }

        await writer.CommitAsync(ct);
    }
}

namespace Todo.Web.Tasks;

internal static class TaskServices
{
    public static IServiceCollection AddTasks(this IServiceCollection services) => services
        .AddSingleton<TaskBoard>()
        .AddSingleton<TaskCounts>()
        .AddSingleton<TasksClient>()
        .AddSingleton<TaskActions>()
        .AddSingleton<TaskDrops>()
        .AddSingleton<TaskMoves>()
        .AddSingleton<Folds>()
        .AddSingleton<ViewChoices>()
        .AddSingleton<UndoHistory>();
}

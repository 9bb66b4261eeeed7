using Todo.AppHost.Processes;

namespace Todo.AppHost.Testing;

/// <summary>python3 with dateutil, against which the tests hold our recurrence rules. Where it is missing, those tests say that they were skipped.</summary>
internal static class Dateutil
{
    public const string Package = "python3-dateutil";

    public static async Task<bool> IsThereAsync()
    {
        foreach (var python in (string[])["python3", "/usr/bin/python3"])
        {
            if (Command.Find(python) is not null && (await Command.RunAsync(python, ["-c", "import dateutil.rrule"])).Succeeded)
                return true;
        }

        return false;
    }
}

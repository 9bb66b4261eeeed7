using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Todo.AppHost.Processes;

/// <summary>The polite way to end another process, which .NET has no call for.</summary>
internal static partial class Signals
{
    private const int Sigterm = 15;
    private const uint CtrlBreak = 1;

    /// <summary>False when it could not be asked, because it is gone or not ours.</summary>
    public static bool AskToStop(Process process) =>
        OperatingSystem.IsWindows()
            ? GenerateConsoleCtrlEvent(CtrlBreak, (uint)process.Id) != 0
            : Kill(process.Id, Sigterm) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("kernel32")]
    private static partial int GenerateConsoleCtrlEvent(uint ctrlEvent, uint processGroup);
}

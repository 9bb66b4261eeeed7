using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Todo.AppHost.Processes;

/// <summary>The job all children belong to on Windows: the system ends them with its last handle, which is ours.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsJob
{
    private const uint KillOnClose = 0x2000;
    private const int ExtendedLimits = 9;

    private static readonly Lazy<nint> Job = new(Create);

    public static void Add(Process process)
    {
        if (AssignProcessToJobObject(Job.Value, process.Handle) == 0)
            throw new Win32Exception();
    }

    private static nint Create()
    {
        var job = CreateJobObjectW(0, 0);
        if (job == 0)
            throw new Win32Exception();

        var limits = new JobLimits { Flags = KillOnClose };
        if (SetInformationJobObject(job, ExtendedLimits, ref limits, (uint)Marshal.SizeOf<JobLimits>()) == 0)
            throw new Win32Exception();
        return job;
    }

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial nint CreateJobObjectW(nint attributes, nint name);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int SetInformationJobObject(nint job, int kind, ref JobLimits limits, uint size);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int AssignProcessToJobObject(nint job, nint process);

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION; only the flags are set, the rest keeps its place.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct JobLimits
    {
        public long PerProcessUserTime;
        public long PerJobUserTime;
        public uint Flags;
        public nuint MinimumWorkingSet;
        public nuint MaximumWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WrittenBytes;
        public ulong OtherBytes;
        public nuint ProcessMemory;
        public nuint JobMemory;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }
}

using Todo.Bus.Tests.Outbox;
using Xunit.MicrosoftTestingPlatform;

namespace Todo.Bus.Tests;

/// <summary>The tests, or, when a test started it, a process for that test to kill.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        args switch
        {
            [RelayProcess.Role, var database, var kafka] => RelayProcess.RunAsync(database, kafka),
            [RelayProcess.ConsumerRole, var database, var kafka, var topic, var group] => RelayProcess.RunConsumerAsync(database, kafka, topic, group),
            _ => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        };
}

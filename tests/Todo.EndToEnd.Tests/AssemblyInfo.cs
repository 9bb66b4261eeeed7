// One system at a time: it wants the whole machine, and some of these tests stop it.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Todo.EndToEnd.Tests.RunningSystem))]
[assembly: AssemblyFixture(typeof(Todo.EndToEnd.Tests.Chromium))]

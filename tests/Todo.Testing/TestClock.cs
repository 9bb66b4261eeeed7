using Microsoft.Extensions.Time.Testing;

namespace Todo.Testing;

/// <summary>A clock that stands still until the test moves it; timers made from it fire as it passes them.</summary>
public sealed class TestClock : FakeTimeProvider
{
    /// <summary>A Monday morning far from month ends and clock changes, so that only tests about those meet them.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 5, 11, 9, 0, 0, TimeSpan.Zero);

    public TestClock()
        : base(Morning)
    {
    }

    public TestClock(DateTimeOffset now)
        : base(now)
    {
    }

    public DateTimeOffset Now => GetUtcNow();

    /// <summary>Moves to an instant; going back is not possible.</summary>
    public void MoveTo(DateTimeOffset instant) => SetUtcNow(instant);
}

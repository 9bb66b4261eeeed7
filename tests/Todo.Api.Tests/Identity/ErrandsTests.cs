using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Todo.Api.Identity;
using Todo.Api.Identity.Mails;
using Todo.Testing;

namespace Todo.Api.Tests.Identity;

public sealed class ErrandsTests(ConfirmingFixture api) : IClassFixture<ConfirmingFixture>
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Lines _log = new();

    [Fact]
    public async Task A_mail_that_is_refused_goes_out_later()
    {
        var email = ConfirmingFixture.NewAddress();
        api.Mail.Refused[email] = true;
        using var errands = await StartAsync();
        errands.TryAdd(new SignUpErrand(email, Person.Password));
        await Eventually.True(() => !_log.IsEmpty);

        api.Mail.Refused.Clear();
        await Eventually.True(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return api.Mail.To(email).Count == 1;
        });
    }

    [Fact]
    public async Task What_fails_for_good_is_said_without_the_address()
    {
        var email = ConfirmingFixture.NewAddress();
        api.Mail.Refused[email] = true;
        using var errands = await StartAsync();
        errands.TryAdd(new SignUpErrand(email, Person.Password));

        await Eventually.True(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return _log.Any(line => line.Contains("after 4 attempts"));
        });

        _log.Should().OnlyContain(line => !line.Contains(email) && !line.Contains(Person.Password));
        api.Mail.To(email).Should().BeEmpty();
    }

    [Fact]
    public async Task What_waits_when_the_program_is_told_to_stop_is_still_done()
    {
        var emails = Enumerable.Range(0, 24).Select(_ => ConfirmingFixture.NewAddress()).ToList();
        using var errands = await StartAsync();
        foreach (var email in emails)
            errands.TryAdd(new SignUpErrand(email, Person.Password));
        await Eventually.True(() => emails.Any(email => api.Mail.To(email).Count == 1));

        await errands.StopAsync(CancellationToken.None);

        emails.Should().OnlyContain(email => api.Mail.To(email).Count == 1);
    }

    [Fact]
    public void More_than_can_wait_is_refused()
    {
        using var notStarted = new Errands(api.Api.Services.GetRequiredService<IServiceScopeFactory>(), new ConfigurationBuilder().Build(), _clock, _log);

        var taken = Enumerable.Range(0, 2000).Count(n => notStarted.TryAdd(new ForgottenErrand(n.ToString(CultureInfo.InvariantCulture))));

        taken.Should().Be(1000);
    }

    [Fact]
    public void Without_a_mail_server_nobody_could_sign_up_so_it_does_not_start()
    {
        var start = () => AccountSettings.Check(new ConfigurationBuilder().AddInMemoryCollection([new("App:PublicUrl", "https://todo.test")]).Build());
        var off = () => AccountSettings.Check(new ConfigurationBuilder().AddInMemoryCollection([new("Accounts:ConfirmAddresses", "false")]).Build());

        start.Should().Throw<InvalidOperationException>().WithMessage("*Mail:Host*");
        off.Should().NotThrow();
    }

    private async Task<Errands> StartAsync()
    {
        var errands = new Errands(api.Api.Services.GetRequiredService<IServiceScopeFactory>(), new ConfigurationBuilder().Build(), _clock, _log);
        await errands.StartAsync(CancellationToken.None);
        return errands;
    }

    private sealed class Lines : ConcurrentQueue<string>, ILogger<Errands>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Enqueue($"{formatter(state, exception)} {exception}");
    }
}

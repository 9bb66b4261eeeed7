using OpenTelemetry.Metrics;

namespace Todo.Api.Identity.Mails;

internal static class AccountMailServices
{
    public static IServiceCollection AddAccountMails(this IServiceCollection services) => services
        .AddSingleton<AccountSettings>()
        .AddSingleton(provider => provider.GetRequiredService<IConfiguration>().GetSection("Mail").Get<MailSettings>() ?? new MailSettings())
        .AddScoped<ErrandRunner>()
        .AddSingleton<Errands>()
        .AddHostedService(provider => provider.GetRequiredService<Errands>())
        .ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(Errands.MeterName));
}

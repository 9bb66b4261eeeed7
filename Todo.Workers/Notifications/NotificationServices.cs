namespace Todo.Workers.Notifications;

internal static class NotificationServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(configuration.GetSection("Mail").Get<MailSettings>() ?? new MailSettings())
        .AddSingleton(new AppLinks(
            new Uri((configuration["App:PublicUrl"] ?? "http://localhost:8080").TrimEnd('/') + "/"), configuration["App:SigningKey"]))
        .AddSingleton<IChannel, EmailChannel>()
        .AddSingleton<IChannel>(services => new WebhookChannel(
            PublicAddresses.Client(configuration.GetValue("Webhooks:AllowPrivate", false)),
            services.GetRequiredService<AppLinks>(), services.GetRequiredService<TimeProvider>()))
        .AddScoped<NewDeliveries>()
        .AddSingleton<DeliverySender>()
        .AddHostedService<DeliveryLoop>();
}

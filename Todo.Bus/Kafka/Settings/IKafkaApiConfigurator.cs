namespace MassTransit;

/// <summary>How the client finds out what the brokers can do.</summary>
public interface IKafkaApiConfigurator
{
    /// <summary>Client option <c>api.version.request</c>.</summary>
    bool? Request { set; }

    /// <summary>Client option <c>api.version.request.timeout.ms</c>.</summary>
    TimeSpan? RequestTimeout { set; }

    /// <summary>Client option <c>api.version.fallback.ms</c>.</summary>
    TimeSpan? FallbackTimeout { set; }

    /// <summary>Client option <c>broker.version.fallback</c>.</summary>
    string BrokerVersionFallback { set; }
}

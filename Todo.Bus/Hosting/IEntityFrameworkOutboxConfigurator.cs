using System.Data;

namespace MassTransit;

/// <summary>Settings of the original's outbox. Those about polling and locking have no counterpart here and are ignored.</summary>
public interface IEntityFrameworkOutboxConfigurator
{
    /// <summary>Ignored: a message is known for seven days.</summary>
    TimeSpan DuplicateDetectionWindow { set; }

    /// <summary>Ignored: READ COMMITTED with row locks.</summary>
    IsolationLevel IsolationLevel { set; }

    /// <summary>Ignored: the relay is woken by the commit.</summary>
    TimeSpan QueryDelay { set; }

    /// <summary>Ignored: pages adapt.</summary>
    int QueryMessageLimit { set; }

    /// <summary>Ignored.</summary>
    TimeSpan QueryTimeout { set; }

    /// <summary>Leaves forgetting old inbox entries and settled dead letters to other processes.</summary>
    void DisableInboxCleanupService();

    /// <summary>Nothing to turn on: producers in a request always wait for its commit.</summary>
    void UseBusOutbox(Action<IEntityFrameworkBusOutboxConfigurator>? configure = null);
}

/// <summary>Settings of the original's delivery service.</summary>
public interface IEntityFrameworkBusOutboxConfigurator
{
    /// <summary>Ignored: everything that waits is delivered.</summary>
    int MessageDeliveryLimit { set; }

    /// <summary>Ignored: Kafka is waited for.</summary>
    TimeSpan MessageDeliveryTimeout { set; }

    /// <summary>Leaves the relay to other processes.</summary>
    void DisableDeliveryService();
}

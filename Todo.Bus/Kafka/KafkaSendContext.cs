namespace MassTransit;

/// <summary>A message on its way to a topic.</summary>
public interface KafkaSendContext : SendContext
{
    /// <summary>The partition to write to; null (the default) lets the key decide.</summary>
    int? Partition { get; set; }
}

/// <summary>A typed message on its way to a topic.</summary>
public interface KafkaSendContext<out T> : KafkaSendContext, SendContext<T>
    where T : class;

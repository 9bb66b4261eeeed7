namespace MassTransit;

/// <summary>The client's sockets.</summary>
public interface IKafkaSocketConfigurator
{
    /// <summary>Client option <c>socket.timeout.ms</c>.</summary>
    TimeSpan? Timeout { set; }

    /// <summary>Client option <c>socket.send.buffer.bytes</c>.</summary>
    int? SendBufferBytes { set; }

    /// <summary>Client option <c>socket.receive.buffer.bytes</c>.</summary>
    int? ReceiveBufferBytes { set; }

    /// <summary>Client option <c>socket.keepalive.enable</c>.</summary>
    bool? KeepaliveEnable { set; }

    /// <summary>Client option <c>socket.nagle.disable</c>.</summary>
    bool? NagleDisable { set; }

    /// <summary>Client option <c>socket.max.fails</c>.</summary>
    int? MaxFails { set; }
}

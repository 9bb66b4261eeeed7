using Confluent.Kafka;

namespace MassTransit;

/// <summary>How the client says who it is. Setting it up turns SASL on.</summary>
public interface IKafkaSaslConfigurator
{
    /// <summary>Client option <c>sasl.mechanism</c>.</summary>
    SaslMechanism? Mechanism { set; }

    /// <summary>Client option <c>security.protocol</c>. Default with SASL: SaslPlaintext, or SaslSsl where SSL is configured as well.</summary>
    SecurityProtocol? SecurityProtocol { set; }

    /// <summary>Client option <c>sasl.username</c>.</summary>
    string Username { set; }

    /// <summary>Client option <c>sasl.password</c>. Take it from the secret store.</summary>
    string Password { set; }

    /// <summary>Client option <c>sasl.kerberos.service.name</c>.</summary>
    string KerberosServiceName { set; }

    /// <summary>Client option <c>sasl.kerberos.principal</c>.</summary>
    string KerberosPrincipal { set; }

    /// <summary>Client option <c>sasl.kerberos.kinit.cmd</c>.</summary>
    string KerberosKinitCmd { set; }

    /// <summary>Client option <c>sasl.kerberos.keytab</c>.</summary>
    string KerberosKeytab { set; }

    /// <summary>Client option <c>sasl.kerberos.min.time.before.relogin</c>. In milliseconds.</summary>
    int? KerberosMinTimeBeforeRelogin { set; }

    /// <summary>Client option <c>sasl.oauthbearer.config</c>.</summary>
    string OauthbearerConfig { set; }

    /// <summary>Client option <c>enable.sasl.oauthbearer.unsecure.jwt</c>. For tests only.</summary>
    bool? EnableOauthbearerUnsecureJwt { set; }
}

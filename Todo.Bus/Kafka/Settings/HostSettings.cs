using Confluent.Kafka;
using MassTransit;

namespace Todo.Bus.Kafka;

/// <summary>Turns SASL and SSL on in the client's options, as far as they are configured.</summary>
internal sealed class HostSettings(ClientConfig config) : IKafkaHostConfigurator
{
    public void UseSsl(Action<IKafkaSslConfigurator> configure)
    {
        config.SecurityProtocol = config.SecurityProtocol is SecurityProtocol.SaslPlaintext or SecurityProtocol.SaslSsl ? SecurityProtocol.SaslSsl : SecurityProtocol.Ssl;
        configure(new SslSettings(config));
    }

    public void UseSasl(Action<IKafkaSaslConfigurator> configure)
    {
        config.SecurityProtocol = config.SecurityProtocol is SecurityProtocol.Ssl or SecurityProtocol.SaslSsl ? SecurityProtocol.SaslSsl : SecurityProtocol.SaslPlaintext;
        configure(new SaslSettings(config));
    }

    public void CancellationDelay(TimeSpan cancellationDelay) => config.CancellationDelayMaxMs = (int)cancellationDelay.TotalMilliseconds;
}

internal sealed class SaslSettings(ClientConfig config) : IKafkaSaslConfigurator
{
    public SaslMechanism? Mechanism { set => config.SaslMechanism = value; }

    public SecurityProtocol? SecurityProtocol { set => config.SecurityProtocol = value; }

    public string Username { set => config.SaslUsername = value; }

    public string Password { set => config.SaslPassword = value; }

    public string KerberosServiceName { set => config.SaslKerberosServiceName = value; }

    public string KerberosPrincipal { set => config.SaslKerberosPrincipal = value; }

    public string KerberosKinitCmd { set => config.SaslKerberosKinitCmd = value; }

    public string KerberosKeytab { set => config.SaslKerberosKeytab = value; }

    public int? KerberosMinTimeBeforeRelogin { set => config.SaslKerberosMinTimeBeforeRelogin = value; }

    public string OauthbearerConfig { set => config.SaslOauthbearerConfig = value; }

    public bool? EnableOauthbearerUnsecureJwt { set => config.EnableSaslOauthbearerUnsecureJwt = value; }
}

internal sealed class SslSettings(ClientConfig config) : IKafkaSslConfigurator
{
    public string CipherSuites { set => config.SslCipherSuites = value; }

    public string CurvesList { set => config.SslCurvesList = value; }

    public string SigalgsList { set => config.SslSigalgsList = value; }

    public string KeyLocation { set => config.SslKeyLocation = value; }

    public string KeyPassword { set => config.SslKeyPassword = value; }

    public string KeyPem { set => config.SslKeyPem = value; }

    public string CertificateLocation { set => config.SslCertificateLocation = value; }

    public string CertificatePem { set => config.SslCertificatePem = value; }

    public string CaLocation { set => config.SslCaLocation = value; }

    public string CrlLocation { set => config.SslCrlLocation = value; }

    public string KeystoreLocation { set => config.SslKeystoreLocation = value; }

    public string KeystorePassword { set => config.SslKeystorePassword = value; }

    public bool? EnableCertificateVerification { set => config.EnableSslCertificateVerification = value; }

    public SslEndpointIdentificationAlgorithm? EndpointIdentificationAlgorithm { set => config.SslEndpointIdentificationAlgorithm = value; }

    public string SslCertificateLocation { set => config.SslCertificateLocation = value; }

    public string SslCertificatePem { set => config.SslCertificatePem = value; }

    public string SslCaLocation { set => config.SslCaLocation = value; }

    public string SslCaPem { set => config.SslCaPem = value; }

    public string SslCaCertificateStores { set => config.SslCaCertificateStores = value; }

    public string SslCrlLocation { set => config.SslCrlLocation = value; }

    public string SslEngineLocation { set => config.SslEngineLocation = value; }

    public string SslEngineId { set => config.SslEngineId = value; }

    public bool? EnableSslCertificateVerification { set => config.EnableSslCertificateVerification = value; }

    public SslEndpointIdentificationAlgorithm? SslEndpointIdentificationAlgorithm { set => config.SslEndpointIdentificationAlgorithm = value; }
}

using Confluent.Kafka;

namespace MassTransit;

/// <summary>How the connection is encrypted, and whom the client trusts. Setting it up turns SSL on.</summary>
public interface IKafkaSslConfigurator
{
    /// <summary>Client option <c>ssl.cipher.suites</c>.</summary>
    string CipherSuites { set; }

    /// <summary>Client option <c>ssl.curves.list</c>.</summary>
    string CurvesList { set; }

    /// <summary>Client option <c>ssl.sigalgs.list</c>.</summary>
    string SigalgsList { set; }

    /// <summary>Client option <c>ssl.key.location</c>.</summary>
    string KeyLocation { set; }

    /// <summary>Client option <c>ssl.key.password</c>.</summary>
    string KeyPassword { set; }

    /// <summary>Client option <c>ssl.key.pem</c>.</summary>
    string KeyPem { set; }

    /// <summary>Client option <c>ssl.certificate.location</c>.</summary>
    string CertificateLocation { set; }

    /// <summary>Client option <c>ssl.certificate.pem</c>.</summary>
    string CertificatePem { set; }

    /// <summary>Client option <c>ssl.ca.location</c>.</summary>
    string CaLocation { set; }

    /// <summary>Client option <c>ssl.crl.location</c>.</summary>
    string CrlLocation { set; }

    /// <summary>Client option <c>ssl.keystore.location</c>.</summary>
    string KeystoreLocation { set; }

    /// <summary>Client option <c>ssl.keystore.password</c>.</summary>
    string KeystorePassword { set; }

    /// <summary>Client option <c>enable.ssl.certificate.verification</c>.</summary>
    bool? EnableCertificateVerification { set; }

    /// <summary>Client option <c>ssl.endpoint.identification.algorithm</c>.</summary>
    SslEndpointIdentificationAlgorithm? EndpointIdentificationAlgorithm { set; }

    /// <summary>Client option <c>ssl.certificate.location</c>.</summary>
    string SslCertificateLocation { set; }

    /// <summary>Client option <c>ssl.certificate.pem</c>.</summary>
    string SslCertificatePem { set; }

    /// <summary>Client option <c>ssl.ca.location</c>.</summary>
    string SslCaLocation { set; }

    /// <summary>Client option <c>ssl.ca.pem</c>.</summary>
    string SslCaPem { set; }

    /// <summary>Client option <c>ssl.ca.certificate.stores</c>.</summary>
    string SslCaCertificateStores { set; }

    /// <summary>Client option <c>ssl.crl.location</c>.</summary>
    string SslCrlLocation { set; }

    /// <summary>Client option <c>ssl.engine.location</c>.</summary>
    string SslEngineLocation { set; }

    /// <summary>Client option <c>ssl.engine.id</c>.</summary>
    string SslEngineId { set; }

    /// <summary>Client option <c>enable.ssl.certificate.verification</c>.</summary>
    bool? EnableSslCertificateVerification { set; }

    /// <summary>Client option <c>ssl.endpoint.identification.algorithm</c>.</summary>
    SslEndpointIdentificationAlgorithm? SslEndpointIdentificationAlgorithm { set; }
}

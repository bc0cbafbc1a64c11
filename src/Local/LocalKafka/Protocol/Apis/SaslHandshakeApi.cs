namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>
/// API 17: the client names its SASL mechanism. Version 0, after which messages of the mechanism come without the protocol's frames, is advertised, since
/// librdkafka looks for it, and refused.
/// </summary>
internal sealed class SaslHandshakeApi : SynchronousApi
{
    public override ApiKey Key => ApiKey.SaslHandshake;

    public override VersionRange Versions { get; } = new(1, 1, FirstFlexible: short.MaxValue);

    public override short AdvertisedMinimum => 0;

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var mechanism = body.ReadString();
        var error = version < Versions.Minimum ? ErrorCode.UnsupportedVersion : request.Session.Begin(mechanism);
        request.ClosesConnection = error != ErrorCode.None && request.Session.Users is not null;
        response.WriteError(error);
        response.WriteArray(request.Session.Users?.Mechanisms ?? [], static (writer, name) => writer.WriteString(name));
    }
}

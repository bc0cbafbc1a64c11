using EventSourcing.LocalKafka.Hosting;
using EventSourcing.LocalKafka.Security;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 10: who coordinates a group or a transactional id; always this broker.</summary>
internal sealed class FindCoordinatorApi(BrokerIdentity broker) : SynchronousApi
{
    private const short FirstVersionWithKeys = 4;
    private const int GroupKeyType = 0;
    private const int TransactionKeyType = 1;

    public override ApiKey Key => ApiKey.FindCoordinator;

    public override VersionRange Versions { get; } = new(0, 4, FirstFlexible: 3);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        List<string> keys = version < FirstVersionWithKeys ? [body.ReadString()] : [];
        var keyType = version >= 1 ? body.ReadInt8() : GroupKeyType;
        if (version >= FirstVersionWithKeys)
            keys = body.ReadArray(static reader => reader.ReadString());

        if (version >= 1)
            response.WriteInt32(0);
        if (version >= FirstVersionWithKeys)
            response.WriteArray(keys, (writer, key) => WriteCoordinator(writer, key, keyType, request.Session.Listener));
        else
            WriteOnlyCoordinator(response, version, keyType, request.Session.Listener);
        response.WriteTags();
    }

    private static (ErrorCode Error, string? Message) Check(int keyType) => keyType is GroupKeyType or TransactionKeyType
        ? (ErrorCode.None, null)
        : (ErrorCode.InvalidRequest, $"There is no coordinator for keys of type {keyType}.");

    private void WriteCoordinator(KafkaWriter response, string key, int keyType, AdvertisedListener listener)
    {
        var (error, message) = Check(keyType);
        response.WriteString(key);
        WriteNode(response, error, listener);
        response.WriteError(error);
        response.WriteNullableString(message);
        response.WriteTags();
    }

    private void WriteOnlyCoordinator(KafkaWriter response, short version, int keyType, AdvertisedListener listener)
    {
        var (error, message) = Check(keyType);
        response.WriteError(error);
        if (version >= 1)
            response.WriteNullableString(message);
        WriteNode(response, error, listener);
    }

    private void WriteNode(KafkaWriter response, ErrorCode error, AdvertisedListener listener)
    {
        var found = error == ErrorCode.None;
        response.WriteInt32(found ? broker.NodeId : -1);
        response.WriteString(found ? listener.Host : "");
        response.WriteInt32(found ? listener.Port : -1);
    }
}

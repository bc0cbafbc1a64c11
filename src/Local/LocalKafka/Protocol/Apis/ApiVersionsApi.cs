namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 18: which requests are served in which versions; the first thing every client asks.</summary>
internal sealed class ApiVersionsApi : SynchronousApi
{
    private readonly KafkaApi[] _served;

    public ApiVersionsApi(IReadOnlyCollection<KafkaApi> others) => _served = [.. others.Append(this).OrderBy(api => api.Key)];

    public override ApiKey Key => ApiKey.ApiVersions;

    public override VersionRange Versions { get; } = new(0, 3, FirstFlexible: 3);

    public override bool HasFlexibleResponseHeader => false;

    public void Write(KafkaWriter response, short version, ErrorCode error)
    {
        response.WriteError(error);
        response.WriteArray(_served, static (writer, api) =>
        {
            writer.WriteInt16((short)api.Key);
            writer.WriteInt16(api.AdvertisedMinimum);
            writer.WriteInt16(api.Versions.Maximum);
            writer.WriteTags();
        });
        if (version >= 1)
            response.WriteInt32(0);
        response.WriteTags();
    }

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version) =>
        Write(response, version, ErrorCode.None);
}

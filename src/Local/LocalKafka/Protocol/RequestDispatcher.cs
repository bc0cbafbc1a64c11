using EventSourcing.LocalKafka.Protocol.Apis;

namespace EventSourcing.LocalKafka.Protocol;

/// <summary>Finds the API of a request, opens its response and lets it answer.</summary>
internal sealed class RequestDispatcher
{
    /// <summary>Only Produce carries data; what other requests make the broker hold stays in proportion to this.</summary>
    private const int MaxRequestBytesWithoutData = 4 << 20;

    private readonly Dictionary<ApiKey, KafkaApi> _apis;
    private readonly ApiVersionsApi _apiVersions;

    public RequestDispatcher(IReadOnlyCollection<KafkaApi> apis)
    {
        _apiVersions = new ApiVersionsApi(apis);
        _apis = apis.Append(_apiVersions).ToDictionary(api => api.Key);
    }

    /// <exception cref="InvalidRequestException">The frame is malformed, or its API or version is not served: the connection must be closed.</exception>
    public ValueTask DispatchAsync(KafkaRequest request, Memory<byte> frame, CancellationToken stop)
    {
        request.Open(frame);
        if (!request.Session.Allows(request.ApiKey))
            throw new InvalidRequestException($"API {(short)request.ApiKey} was asked for before the client had authenticated.");
        if (!_apis.TryGetValue(request.ApiKey, out var api))
            throw new InvalidRequestException($"API {(short)request.ApiKey} is not served.");
        if (api == _apiVersions && !api.Versions.Contains(request.Version))
            return AnswerUnsupportedApiVersions(request);
        if (request.Version < api.AdvertisedMinimum || request.Version > api.Versions.Maximum)
            throw new InvalidRequestException($"{api.Key} version {request.Version} is not served.");
        if (frame.Length > MaxRequestBytesWithoutData && request.ApiKey != ApiKey.Produce)
            throw new InvalidRequestException($"A {api.Key} request of {frame.Length} bytes is larger than the {MaxRequestBytesWithoutData} that are accepted.");

        var flexible = api.Versions.IsFlexible(request.Version);
        request.Body.Flexible = flexible;
        request.Body.SkipTags();
        BeginResponse(request, flexible, api.HasFlexibleResponseHeader);
        return api.HandleAsync(request, stop);
    }

    /// <summary>A client that asks for a newer version than is served gets version 0 with UNSUPPORTED_VERSION and tries again (KIP-511).</summary>
    private ValueTask AnswerUnsupportedApiVersions(KafkaRequest request)
    {
        BeginResponse(request, flexible: false, flexibleHeader: false);
        _apiVersions.Write(request.Response, 0, ErrorCode.UnsupportedVersion);
        return ValueTask.CompletedTask;
    }

    private static void BeginResponse(KafkaRequest request, bool flexible, bool flexibleHeader)
    {
        var response = request.Response;
        response.BeginFrame();
        response.WriteInt32(request.CorrelationId);
        response.Flexible = flexible;
        if (flexibleHeader)
            response.WriteTags();
    }
}

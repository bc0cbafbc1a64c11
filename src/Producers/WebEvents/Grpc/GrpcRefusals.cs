using EventSourcing.EventBackbone;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace EventSourcing.WebEvents.Grpc;

/// <summary>Refusals in gRPC's words: the gRPC column of the failure table in README.md.</summary>
internal static class GrpcRefusals
{
    private const string Domain = "eventsourcing";

    /// <summary>The status a refused call ends with, with google.rpc details.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="also">A further detail; null for none.</param>
    public static RpcException ToException(Rejection refusal, IMessage? also = null)
    {
        var status = new Google.Rpc.Status { Code = (int)CodeOf(refusal), Message = refusal.Detail };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = refusal.Type, Domain = Domain }));
        if (refusal.Kind == RejectionKind.Poison)
            status.Details.Add(Any.Pack(ToBadRequest(refusal)));
        else if (refusal.RetryAfter is { } delay)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        if (also is not null)
            status.Details.Add(Any.Pack(also));
        return status.ToRpcException();
    }

    private static StatusCode CodeOf(Rejection refusal) => refusal.Kind switch
    {
        RejectionKind.Overload => StatusCode.ResourceExhausted,
        RejectionKind.Unavailable => StatusCode.Unavailable,
        _ => StatusCode.InvalidArgument,
    };

    private static BadRequest ToBadRequest(Rejection refusal) => new()
    {
        FieldViolations = { new BadRequest.Types.FieldViolation { Field = "event", Reason = refusal.Type, Description = refusal.Detail } },
    };
}

using Microsoft.Extensions.ObjectPool;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>The pending objects of all routes; keeps at most 65,536 of them.</summary>
internal static class PendingPool
{
    private const int Retained = 65_536;

    private static readonly DefaultObjectPool<PendingEvent> Pool = new(new Policy(), Retained);

    public static PendingEvent Rent() => Pool.Get();

    public static void Return(PendingEvent pending) => Pool.Return(pending);

    private sealed class Policy : PooledObjectPolicy<PendingEvent>
    {
        public override PendingEvent Create() => new();

        public override bool Return(PendingEvent obj)
        {
            obj.Reset();
            return true;
        }
    }
}

namespace EventSourcing.LocalKafka.Network;

/// <summary>When a connection last began or answered a request.</summary>
internal sealed class ConnectionActivity(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    public TimeSpan IdleTime => time.GetElapsedTime(Volatile.Read(ref _last));

    public void Touch() => Volatile.Write(ref _last, time.GetTimestamp());
}

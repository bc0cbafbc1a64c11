namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// Ports for processes to listen on. DCP would pick them from those that the system gives out by itself (Linux 32768 to 60999, IANA 49152 to 65535),
/// and before the process listens, another socket may be given the same.
/// </summary>
internal sealed class ProcessPorts
{
    private const int First = 10_000;
    private const int End = 32_000;
    private const int Remembered = 1_000;
    private readonly Lock _lock = new();
    private readonly Queue<int> _given = new();

    /// <summary>A port that was free a moment ago, and is none of the last thousand given.</summary>
    public int Next()
    {
        lock (_lock)
        {
            int port;
            do
                port = Random.Shared.Next(First, End);
            while (_given.Contains(port) || LoopbackPort.IsTaken(port));
            _given.Enqueue(port);
            if (_given.Count > Remembered)
                _given.Dequeue();
            return port;
        }
    }
}

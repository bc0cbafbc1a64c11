using EventSourcing.Benchmarks.Measuring;

namespace EventSourcing.Benchmarks.Workloads;

/// <summary>A way of getting events onto a topic.</summary>
internal interface IWorkload : IAsyncDisposable
{
    /// <summary>Sends event number <paramref name="index"/>; its completion is reported once the broker has stored it.</summary>
    void Send(int index, Completions completions);

    /// <summary>Sends what is still held back.</summary>
    void Flush(Completions completions);
}

using EventSourcing.TestKit;

namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>
/// Events of one key, one after the other, each sent until it is accepted: whatever happens, the sender goes on. At most a hundred per second: where accepting
/// is a commit and no more, a sender would take the machine from the services that start again.
/// </summary>
public sealed class Load(ProducerKind kind)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);
    private int _accepted;
    private volatile string _lastAnswer = "none yet";

    public string Key { get; } = Sample.NewKey();

    /// <summary>Samples 1 to this one are promised.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Answers that were no promise: how much the sender noticed of the fault.</summary>
    public int Retries { get; private set; }

    /// <summary>Sends until <paramref name="enough"/>; the last one is still brought to its end.</summary>
    public async Task RunAsync(CancellationToken enough, CancellationToken stop)
    {
        await kind.PrepareAsync(Key, stop);
        using var pace = new PeriodicTimer(Pace);
        while (!enough.IsCancellationRequested)
        {
            await SendUntilAcceptedAsync(new Sample(Key, Accepted + 1), stop);
            Interlocked.Increment(ref _accepted);
            await pace.WaitForNextTickAsync(stop);
        }
    }

    public override string ToString() => $"{kind.Name} ({Key}): {Accepted} accepted, {Retries} sent again, last answer: {_lastAnswer}";

    private async Task SendUntilAcceptedAsync(Sample sample, CancellationToken stop) => await Eventually.TrueAsync(
        async _ =>
        {
            var answer = await kind.SendAsync(sample, stop);
            if (answer.Kind == AnswerKind.Accepted)
                return true;
            if (answer.Kind == AnswerKind.Refused)
                throw new InvalidOperationException($"{kind.Name} refused a good event: {answer.Reason}");
            _lastAnswer = $"{answer.Kind} {answer.Reason}";
            Retries++;
            sample = sample with { IsRepeated = true };
            return false;
        },
        $"{sample.Token} is accepted", Patience, stop);
}

using EventSourcing.PumpSimulator.Events;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Sending;
using EventSourcing.Receipts;

namespace EventSourcing.PumpSimulator.Tests.Sending;

public sealed class ReliableSenderTests
{
    private readonly ReceiptBook _book = new();
    private readonly PumpDevice _device = new("d1", "a1", "n", null, "run", Way.Mqtt, TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_AreSentUntilEachIsTaken_AndTheUnansweredOnesAreMarked()
    {
        var transport = new ScriptedTransport(
            [AnswerKind.Stored, AnswerKind.NotTaken, AnswerKind.Unknown, AnswerKind.Rejected],
            [AnswerKind.Spooled, AnswerKind.Stored]);

        await new ReliableSender(transport, _book, new Topics(), TimeProvider.System).SendAsync(Readings(4), null, Stop, Stop);

        Assert.Equal(["1 2 3 4", "2 3?"], transport.Sent);
        Assert.Equal(new ReceiptTotals(Stored: 2, Spooled: 1, Queued: 0, Rejected: 1, Unanswered: 0), _book.Totals);
    }

    [Fact]
    public async Task Stop_EndsTheAttempts_AndBooksWhatIsKnown()
    {
        using var stop = new CancellationTokenSource();
        var transport = new ScriptedTransport([AnswerKind.NotTaken, AnswerKind.Unknown]);
        await stop.CancelAsync();

        await new ReliableSender(transport, _book, new Topics(), TimeProvider.System).SendAsync(Readings(2), null, stop.Token, Stop);

        Assert.Equal(new ReceiptTotals(Stored: 0, Spooled: 0, Queued: 0, Rejected: 1, Unanswered: 1), _book.Totals);
    }

    private PumpMessage[] Readings(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _device.Reading(new PumpReading(1, 2, 3, 4), withAsset: false))];

    private sealed class ScriptedTransport(params AnswerKind[][] script) : IPumpTransport
    {
        public List<string> Sent { get; } = [];

        public int Window => 10;

        public bool IsDirect => false;

        public Task<Answer[]> SendAsync(IReadOnlyList<PumpMessage> messages, CancellationToken giveUp)
        {
            Sent.Add(string.Join(' ', messages.Select(message => message.Sequence + (message.MayHaveBeenSent ? "?" : ""))));
            return Task.FromResult(script[Sent.Count - 1].Select(kind => new Answer(kind, "", TimeSpan.FromMilliseconds(1))).ToArray());
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

using System.Threading.Channels;
using EventSourcing.WebEvents.Intake;
using EventSourcing.WebEvents.Options;
using Grpc.Core;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.WebEvents.Grpc;

/// <summary>
/// One stream: reading and answering run side by side, at most <see cref="CollectorOptions.StreamGroupsInFlight"/> groups apart; then the
/// stream is not read, and HTTP/2 flow control slows its sender down.
/// </summary>
internal sealed class StreamSession : IDisposable
{
    private readonly Channel<IntakeBatch> _answers;
    private readonly SemaphoreSlim _room;
    private readonly EventGroups _groups;
    private readonly CancellationToken _callAborted;
    private readonly CancellationTokenSource _reading;

    /// <summary>Prepares a session.</summary>
    /// <param name="intake">Where the events go.</param>
    /// <param name="options">Limits.</param>
    /// <param name="clock">Says when events came.</param>
    /// <param name="callAborted">The call is over, nobody reads answers.</param>
    /// <param name="stopping">The service stops: read no more, but answer what was read.</param>
    public StreamSession(EventIntake intake, CollectorOptions options, TimeProvider clock, CancellationToken callAborted, CancellationToken stopping)
    {
        _answers = Channel.CreateBounded<IntakeBatch>(options.StreamGroupsInFlight);
        _room = new SemaphoreSlim(options.StreamGroupsInFlight);
        _groups = new EventGroups(intake, clock, options.StreamGroupEvents, _room);
        _callAborted = callAborted;
        _reading = CancellationTokenSource.CreateLinkedTokenSource(callAborted, stopping);
    }

    /// <summary>Events read so far.</summary>
    public long Received => _groups.Received;

    /// <summary>Reads no more; what was read is still answered.</summary>
    public void StopReading() => _reading.Cancel();

    /// <summary>Runs until the stream ends or reading stops; false when it stopped before the end.</summary>
    /// <param name="messages">The stream.</param>
    /// <param name="answer">Gets the receipts of each group in order.</param>
    public async Task<bool> RunAsync(IAsyncStreamReader<EventMessage> messages, Func<IntakeReceipts, Task> answer)
    {
        var answering = AnswerAsync(answer);
        var ended = false;
        try
        {
            await foreach (var group in _groups.ReadAllAsync(messages, _reading.Token))
                await _answers.Writer.WriteAsync(group, _callAborted);
            ended = true;
        }
        catch (OperationCanceledException) when (_reading.IsCancellationRequested && !_callAborted.IsCancellationRequested)
        {
            // Reading was stopped: by the service's end, by the answers' end, or by the call's own method.
        }
        finally
        {
            _answers.Writer.Complete();
            await answering;
        }

        return ended;
    }

    public void Dispose()
    {
        _reading.Dispose();
        _room.Dispose();
    }

    private async Task AnswerAsync(Func<IntakeReceipts, Task> answer)
    {
        try
        {
            await foreach (var group in _answers.Reader.ReadAllAsync(_callAborted))
            {
                using (group)
                    await answer(await group.CompleteAsync(_callAborted));
                _room.Release();
            }
        }
        finally
        {
            StopReading();
            while (_answers.Reader.TryRead(out var unanswered))
                unanswered.Dispose();
        }
    }
}

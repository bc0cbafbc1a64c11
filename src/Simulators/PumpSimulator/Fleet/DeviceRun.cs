using EventSourcing.PumpSimulator.Events;
using EventSourcing.PumpSimulator.Sending;
using EventSourcing.Receipts;
using EventSourcing.Simulation;

namespace EventSourcing.PumpSimulator.Fleet;

/// <summary>One device's life in a run: it registers its asset, then replays its readings in a loop, as many at once as its way does best.</summary>
internal sealed class DeviceRun(
    FleetMember member, IPumpTransport transport, ReceiptBook book, Topics topics, Quota quota, TimeProvider time, ILogger logger)
{
    private readonly ReliableSender _sender = new(transport, book, topics, time);
    private int _next;

    /// <summary>Runs until stopped or until the fleet's quota is used up.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken giveUp)
    {
        await _sender.SendAsync([member.Device.Registration(member.Asset)], Report, stop, giveUp);
        if (member.Readings.Count == 0)
            return;
        var pace = new Pace(member.Rate, time);
        var wanted = Math.Clamp((int)member.Rate, 1, transport.Window);
        try
        {
            while (quota.Take(wanted) is > 0 and var count)
            {
                await pace.TakeAsync(count, stop);
                await _sender.SendAsync(NextReadings(count), Report, stop, giveUp);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while waiting for the next reading to be due: nothing is outstanding.
        }
    }

    private PumpMessage[] NextReadings(int count)
    {
        var messages = new PumpMessage[count];
        for (var i = 0; i < count; i++)
        {
            messages[i] = member.Device.Reading(member.Readings[_next], transport.IsDirect);
            _next = (_next + 1) % member.Readings.Count;
        }

        return messages;
    }

    private void Report(PumpMessage message, Answer answer)
    {
        if (answer.Kind == AnswerKind.Rejected)
            Log.Refused(logger, message.Event.Source!.OriginalString, message.Sequence, answer.Detail);
    }
}

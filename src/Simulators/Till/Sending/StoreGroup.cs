using System.Net.Sockets;
using System.Security.Authentication;
using Amqp;
using EventSourcing.Receipts;
using EventSourcing.Simulation;
using EventSourcing.Till.Options;
using EventSourcing.Till.Sales;
using EventSourcing.Till.Telemetry;

namespace EventSourcing.Till.Sending;

/// <summary>
/// One group of stores: sells at its pace, keeps at most a window of messages without an answer, and sends again in order what had none when the
/// connection ended.
/// </summary>
internal sealed class StoreGroup(
    string name, TillOptions options, Address broker, Assortment assortment, SaleRecords records, SourceReceipts receipts, Quota quota,
    Pace pace, TillTelemetry telemetry, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly UnsettledMessages _unsettled = new(name, options, receipts, telemetry, logger);
    private long _sold;
    private bool _isDone;

    /// <summary>Sells until the stop or the end of the quota, then waits for answers until <paramref name="giveUp"/>.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken giveUp)
    {
        var delay = FirstDelay;
        while (!giveUp.IsCancellationRequested && !(HasEnded(stop) && _unsettled.Count == 0))
        {
            var (reason, worked) = await ConnectAndSellAsync(stop, giveUp);
            if (HasEnded(stop) && (_unsettled.Count == 0 || giveUp.IsCancellationRequested))
                break;
            delay = worked ? FirstDelay : delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            Log.Away(logger, name, reason, delay);
            await Task.Delay(delay * (0.5 + (Random.Shared.NextDouble() / 2)), time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _unsettled.GiveUp();
    }

    /// <inheritdoc/>
    public void Dispose() => _unsettled.Dispose();

    private bool HasEnded(CancellationToken stop) => _isDone || stop.IsCancellationRequested;

    private async Task<(string Reason, bool Worked)> ConnectAndSellAsync(CancellationToken stop, CancellationToken giveUp)
    {
        try
        {
            var address = string.IsNullOrEmpty(options.Address) ? options.Queue : options.Address;
            var link = await SaleLink.OpenAsync(broker, name, address, _unsettled.Answered, giveUp);
            foreach (var message in _unsettled.Snapshot().TakeWhile(_ => !link.Broken.IsCompleted))
                Send(link, message);
            await SellAsync(link, stop);
            await DrainAsync(link, giveUp);
            await link.CloseAsync();
            return (await link.Broken, true);
        }
        catch (Exception failed) when (failed is AmqpException or SocketException or IOException or TimeoutException or AuthenticationException
            or InvalidOperationException or OperationCanceledException)
        {
            return (failed.GetBaseException().Message, false);
        }
    }

    private async Task SellAsync(SaleLink link, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _ = link.Broken.ContinueWith(_ => CancelQuietly(either), TaskScheduler.Default);
        try
        {
            while (!_isDone && !link.Broken.IsCompleted)
            {
                await _unsettled.WaitForRoomAsync(either.Token);
                if (Next() is not { } message)
                {
                    _unsettled.GiveBackRoom();
                    return;
                }

                _unsettled.Add(message);
                Send(link, message);
                await pace.TakeAsync(message.Count, either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped, or the link is broken.
        }
    }

    private SaleMessage? Next()
    {
        var basket = assortment.Next();
        var count = quota.Take(basket.Count);
        _isDone = count < basket.Count;
        if (count == 0)
            return null;
        var first = _sold + 1;
        _sold += count;
        return new SaleMessage(name, first, count, records.Encode(basket[..count]), telemetry.StartTrace(options.Queue));
    }

    private static void Send(SaleLink link, SaleMessage message)
    {
        var wire = message.ToMessage();                       // says what is known before this attempt
        message.MayHaveBeenSent = true;
        link.Send(message, wire);
    }

    private async Task DrainAsync(SaleLink link, CancellationToken giveUp)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10), time);
        try
        {
            while (_unsettled.Count > 0 && !link.Broken.IsCompleted)
                await poll.WaitForNextTickAsync(giveUp);
        }
        catch (OperationCanceledException)
        {
            // Out of patience.
        }
    }

    private static void CancelQuietly(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Selling has ended already.
        }
    }
}

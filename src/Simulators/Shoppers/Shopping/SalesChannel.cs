using System.Text.Json;
using EventSourcing.Receipts;
using EventSourcing.Shoppers.Options;
using EventSourcing.Simulation;

namespace EventSourcing.Shoppers.Shopping;

/// <summary>
/// A sales channel: numbers its commands from 1, sends them in a window, repeats each with its key until it is answered, and books the answer. A cancellation waits for the
/// order it cancels, so the numbers of one order rise.
/// </summary>
internal sealed class SalesChannel(
    string name, ShoppersOptions options, CommandPlan plan, CommandSender sender, SourceReceipts receipts, Pace pace, long quota) : IDisposable
{
    private const string Reason = "changed my mind";

    private readonly SemaphoreSlim _window = new(options.Window, options.Window);
    private readonly Dictionary<long, Task<string?>> _orders = [];
    private long _sequence;

    /// <summary>Sends until the quota is done or <paramref name="stop"/>; then waits for what is under way until <paramref name="giveUp"/>.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken giveUp)
    {
        try
        {
            while (_sequence < quota)
            {
                await pace.TakeAsync(1, stop);
                await _window.WaitAsync(stop);
                Begin(giveUp);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped between two commands.
        }

        for (var i = 0; i < options.Window; i++)
            await _window.WaitAsync(CancellationToken.None); // the sender gives up in time
    }

    /// <inheritdoc/>
    public void Dispose() => _window.Dispose();

    private void Begin(CancellationToken giveUp)
    {
        var sequence = ++_sequence;
        var (customer, lines, cancels) = plan.Next();
        if (cancels is { } first && _orders.Remove(first, out var order))
        {
            _ = FinishAsync(CancelAsync(sequence, order, giveUp));
            return;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new PlaceOrder(customer, "EUR", lines, name, sequence), ContractJson.Default.PlaceOrder);
        var placing = sender.SendAsync(new Command(name, sequence, "place order", "/orders", body, receipts), giveUp);
        if (plan.WillCancel(sequence))
            _orders[sequence] = placing;
        _ = FinishAsync(placing);
    }

    private async Task<string?> CancelAsync(long sequence, Task<string?> placing, CancellationToken giveUp)
    {
        if (await placing is not { } order)
        {
            receipts.Rejected(sequence);                      // there is no order to cancel: nothing was sent
            return null;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new CancelOrder(Reason, name, sequence), ContractJson.Default.CancelOrder);
        return await sender.SendAsync(new Command(name, sequence, "cancel order", $"/orders/{order}/cancel", body, receipts), giveUp);
    }

    private async Task FinishAsync(Task<string?> command)
    {
        try
        {
            await command;
        }
        finally
        {
            _window.Release();
        }
    }
}

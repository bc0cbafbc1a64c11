using System.Globalization;
using EventSourcing.Receipts;
using EventSourcing.Shoppers.Options;
using EventSourcing.Shoppers.Telemetry;

namespace EventSourcing.Shoppers.Shopping;

/// <summary>A command of a channel.</summary>
internal sealed record Command(string Channel, long Sequence, string Name, string Path, byte[] Body, SourceReceipts Receipts);

/// <summary>Sends a command until it has its answer, and books that.</summary>
internal sealed class CommandSender(OrdersClient client, ShoppersOptions options, ShoppersTelemetry telemetry, TimeProvider time, ILogger logger)
{
    private const int MostDoublings = 3;

    /// <summary>The order's id when it was done; null when it was refused, or given up.</summary>
    public async Task<string?> SendAsync(Command command, CancellationToken giveUp)
    {
        using var span = telemetry.StartCommand(command, options.TraceEvery);
        var key = Guid.NewGuid().ToString();
        var mayBeDone = false;
        for (var attempt = 0; ; attempt++)
        {
            var reply = await TryAsync(command, key, giveUp);
            if (reply.Kind != ReplyKind.Later)
                return Book(command, reply);
            mayBeDone |= reply.MayBeDone;
            if (attempt == 0 && !giveUp.IsCancellationRequested)
                Log.Unanswered(logger, command.Channel, command.Sequence, reply.Reason);
            if (!await PauseAsync(reply.RetryAfter, attempt, giveUp))
                return GiveUp(command, mayBeDone);
        }
    }

    private async Task<CommandReply> TryAsync(Command command, string key, CancellationToken giveUp)
    {
        using var timeout = new CancellationTokenSource(options.AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, giveUp);
        return await client.SendAsync(command.Path, command.Body, key, either.Token);
    }

    private string? Book(Command command, CommandReply reply)
    {
        if (reply.Answer is not { } answer)
        {
            Log.Refused(logger, command.Channel, command.Sequence, reply.Reason);
            command.Receipts.Rejected(command.Sequence);
            telemetry.Answered(command.Name, "rejected");
            return null;
        }

        var receipt = answer.Receipt;
        if (receipt.Source != command.Receipts.Source || receipt.Sequence != command.Sequence.ToString("D12", CultureInfo.InvariantCulture))
            Log.OtherEvent(logger, command.Channel, command.Sequence, receipt.Source, receipt.Sequence ?? "(none)");
        (receipt.Status == "stored" ? (Action<long>)command.Receipts.Stored : receipt.Status == "spooled" ? command.Receipts.Spooled : command.Receipts.Queued)(
            command.Sequence);
        telemetry.Answered(command.Name, receipt.Status);
        return answer.Order.OrderId;
    }

    private string? GiveUp(Command command, bool mayBeDone)
    {
        (mayBeDone ? (Action<long>)command.Receipts.Unanswered : command.Receipts.Rejected)(command.Sequence);
        telemetry.Answered(command.Name, "unanswered");
        return null;
    }

    private async Task<bool> PauseAsync(TimeSpan? told, int attempt, CancellationToken giveUp)
    {
        var delay = told ?? options.RetryDelay * Math.Pow(2, Math.Min(attempt, MostDoublings));
        await Task.Delay(delay * (0.75 + (Random.Shared.NextDouble() / 2)), time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !giveUp.IsCancellationRequested;
    }
}

using System.Text.RegularExpressions;
using EventSourcing.Orders.Contracts;

namespace EventSourcing.Orders.Endpoints;

/// <summary>What a command must be, beyond its shape; each says the first thing that is wrong, null when nothing is.</summary>
internal static partial class CommandRules
{
    private const int MaxLines = 100;
    private const int MaxQuantity = 100_000;
    private const decimal MaxPrice = 1_000_000m;
    private const int PriceDecimals = 4;
    private const int MaxReason = 200;
    private const int MaxChannel = 100;
    private const long MaxSequence = 999_999_999_999;

    public static string? FindDefect(PlaceOrder command)
    {
        if (!Name().IsMatch(command.CustomerId))
            return "$.customerId must be 1 to 64 of [A-Za-z0-9._-].";
        if (!Currency().IsMatch(command.Currency))
            return "$.currency must be three capital letters (ISO 4217).";
        if (command.Lines.Count is 0 or > MaxLines)
            return $"$.lines must have 1 to {MaxLines} members.";
        for (var i = 0; i < command.Lines.Count; i++)
        {
            if (FindDefect(command.Lines[i]) is { } defect)
                return $"$.lines[{i}]{defect}";
        }

        return FindChannelDefect(command);
    }

    public static string? FindDefect(CancelOrder command) =>
        command.Reason is { } reason && (reason.Length > MaxReason || reason.Any(char.IsControl) || !IsText(reason))
            ? $"$.reason must have at most {MaxReason} characters, none of them a control character."
            : FindChannelDefect(command);

    private static string? FindDefect(OrderLine? line) => line switch
    {
        null => " must be an object.",
        _ when !Name().IsMatch(line.Sku) => ".sku must be 1 to 64 of [A-Za-z0-9._-].",
        { Quantity: < 1 or > MaxQuantity } => $".quantity must be 1 to {MaxQuantity}.",
        { UnitPrice: < 0 or > MaxPrice } => $".unitPrice must be 0 to {MaxPrice}.",
        _ when decimal.Round(line.UnitPrice, PriceDecimals) != line.UnitPrice => $".unitPrice must have at most {PriceDecimals} decimals.",
        _ => null,
    };

    private static string? FindChannelDefect(IChannelCommand command)
    {
        if (command.Channel is null != command.ChannelSequence is null)
            return "$.channel and $.channelSequence come together or not at all.";
        if (command.Channel is { } channel && (channel.Length > MaxChannel || !Channel().IsMatch(channel)))
            return $"$.channel must be 1 to {MaxChannel} of [A-Za-z0-9._-], in parts separated by slashes.";
        return command.ChannelSequence is < 1 or > MaxSequence ? $"$.channelSequence must be 1 to {MaxSequence}." : null;
    }

    // Half a surrogate pair is no text, neither for PostgreSQL nor for CloudEvents.
    private static bool IsText(string text) => !text.EnumerateRunes().Any(static rune => rune == System.Text.Rune.ReplacementChar);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Z]{3}\z")]
    private static partial Regex Currency();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\z")]
    private static partial Regex Channel();
}

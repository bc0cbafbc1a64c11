using CloudNative.CloudEvents;

namespace EventSourcing.HttpIntake;

/// <summary>
/// Corrects event times by what the client's clock showed when it sent the event (<c>senttime</c>) against what this clock showed when
/// the request came. Differences within the tolerance are network delay and change nothing; beyond it <c>time</c> is shifted by the
/// difference and the client's own stays as <c>clienttime</c>. A corrected time is never later than the reception.
/// </summary>
/// <param name="tolerance">Difference between the clocks that counts as network delay.</param>
public sealed class ClientTime(TimeSpan tolerance)
{
    /// <summary>Extension attribute: the client's clock when it sent the event, renewed with every attempt.</summary>
    public const string SentTime = "senttime";

    /// <summary>Extension attribute: <c>time</c> as the client wrote it, present when it was corrected.</summary>
    public static readonly CloudEventAttribute OriginalTime = CloudEventAttribute.CreateExtension("clienttime", CloudEventAttributeType.Timestamp);

    /// <summary>Reads <c>senttime</c>; false when it is there but no timestamp.</summary>
    public static bool TryReadSent(CloudEvent cloudEvent, out DateTimeOffset? sent)
    {
        sent = cloudEvent[SentTime] as DateTimeOffset?;
        if (sent is not null || cloudEvent[SentTime] is not { } value)
            return true;
        try
        {
            sent = CloudEventAttributeType.Timestamp.Parse(value.ToString() ?? "") as DateTimeOffset?;
        }
        catch (Exception defect) when (defect is ArgumentException or FormatException)
        {
            return false;
        }

        return true;
    }

    /// <summary>Sets <c>time</c> as this service believes it; returns the client clock's lag, zero when it counts as right.</summary>
    public TimeSpan Correct(CloudEvent cloudEvent, DateTimeOffset? sent, DateTimeOffset received)
    {
        if (cloudEvent.Time is not { } time)
        {
            cloudEvent.Time = received;
            return TimeSpan.Zero;
        }

        var lag = sent is { } clock ? received - clock : TimeSpan.Zero;
        if (lag.Duration() <= tolerance && time - received <= tolerance)
            return TimeSpan.Zero;

        if (lag.Duration() <= tolerance)
            lag = TimeSpan.Zero;
        cloudEvent[OriginalTime] = time;
        cloudEvent.Time = Shift(time, lag, received);
        return lag;
    }

    private static DateTimeOffset Shift(DateTimeOffset time, TimeSpan lag, DateTimeOffset latest) =>
        new(Math.Clamp(time.UtcTicks + lag.Ticks, DateTimeOffset.MinValue.UtcTicks, latest.UtcTicks), TimeSpan.Zero);
}

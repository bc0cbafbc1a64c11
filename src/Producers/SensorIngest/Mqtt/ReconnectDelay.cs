using EventSourcing.SensorIngest.Options;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>Exponential back-off with jitter: half of each delay is fixed, half random, so that replicas do not come back in step.</summary>
internal sealed class ReconnectDelay(MqttSourceOptions options, Random random)
{
    private const int MaxExponent = 16;

    private int _attempts;

    /// <summary>The next delay.</summary>
    public TimeSpan Next()
    {
        var exponent = Math.Min(_attempts++, MaxExponent);
        var full = Math.Min(options.ReconnectDelayMax.TotalMilliseconds, options.ReconnectDelay.TotalMilliseconds * Math.Pow(2, exponent));
        return TimeSpan.FromMilliseconds((full / 2) + (full / 2 * random.NextDouble()));
    }

    /// <summary>A connection has done its work: the next failure starts from the first delay.</summary>
    public void Reset() => _attempts = 0;
}

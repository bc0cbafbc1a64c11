namespace EventSourcing.TestKit;

/// <summary>How long a fault lasts, where its length is what is tested. Not for waiting until something has happened: that is <see cref="Eventually"/>.</summary>
public static class Outage
{
    /// <summary>Ends after <paramref name="length"/>; zero ends at once.</summary>
    public static Task LastsAsync(TimeSpan length, CancellationToken stop = default) => Task.Delay(length, stop);
}

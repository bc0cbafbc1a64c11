namespace EventSourcing.MobileClient;

/// <summary>Where the device token comes from: the app's own registration.</summary>
public interface IDeviceTokenSource
{
    /// <summary>The token; may ask the registration, may fail.</summary>
    /// <param name="wasRefused">True when the last one was answered 401.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="HttpRequestException">There is none now; the batch waits.</exception>
    ValueTask<string> GetAsync(bool wasRefused, CancellationToken stop);
}

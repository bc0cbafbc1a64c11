namespace Aspire.Hosting.Dcp;

internal static class Poll
{
    /// <returns>False when the condition did not hold within the time.</returns>
    public static async Task<bool> UntilAsync(Func<Task<bool>> condition, TimeSpan timeout, TimeSpan interval, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > timeout)
                return false;
            await Task.Delay(interval, stop);
        }

        return true;
    }
}

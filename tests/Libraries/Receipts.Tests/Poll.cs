namespace EventSourcing.Receipts.Tests;

internal static class Poll
{
    public static async Task UntilAsync(Func<bool> condition, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(20, deadline.Token);
    }
}

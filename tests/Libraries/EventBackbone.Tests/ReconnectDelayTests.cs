namespace EventSourcing.EventBackbone.Tests;

public sealed class ReconnectDelayTests
{
    [Fact]
    public void Delay_GrowsToItsMaximum_WithJitterInTheUpperHalf()
    {
        var delay = new ReconnectDelay(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), new Random(7));

        double[] full = [100, 200, 400, 800, 1_000, 1_000];
        foreach (var expected in full)
            Assert.InRange(delay.Next().TotalMilliseconds, expected / 2, expected);

        delay.Reset();
        Assert.InRange(delay.Next().TotalMilliseconds, 50, 100);
    }
}

namespace EventSourcing.Simulation.Tests;

public sealed class QuotaTests
{
    [Fact]
    public void Take_MoreThanIsLeft_GivesWhatIsLeft()
    {
        var quota = new Quota(10);

        Assert.Equal([8, 2, 0], [quota.Take(8), quota.Take(8), quota.Take(8)]);
        Assert.True(quota.IsUsedUp);
    }

    [Fact]
    public void Take_WithoutAnEnd_GivesWhatIsWanted()
    {
        var quota = new Quota(0);

        Assert.Equal([8, 8], [quota.Take(8), quota.Take(8)]);
        Assert.False(quota.IsUsedUp);
    }

    [Fact]
    public async Task Take_ByManySenders_IsNeverMoreThanTheCount()
    {
        var quota = new Quota(10_000);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TakeAll(quota))));

        Assert.Equal(10_000, taken.Sum());
    }

    private static int TakeAll(Quota quota)
    {
        var sum = 0;
        while (quota.Take(3) is > 0 and var taken)
            sum += taken;
        return sum;
    }
}

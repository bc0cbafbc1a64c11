using EventSourcing.Shoppers.Shopping;

namespace EventSourcing.Shoppers.Tests.Shopping;

public sealed class CommandPlanTests
{
    [Fact]
    public void SameSeed_SameCommands()
    {
        var (one, other) = (Run(seed: 7), Run(seed: 7));

        Assert.Equal(one, other);
        Assert.NotEqual(one, Run(seed: 8));
    }

    [Fact]
    public void Cancellations_FollowTheirOrders_OnceEach_AtTheShareAskedFor()
    {
        var cancelled = Run(seed: 1).Index().Where(command => command.Item.Cancels is not null).ToList();

        Assert.All(cancelled, command => Assert.True(command.Item.Cancels < command.Index + 1));
        Assert.Equal(cancelled.Count, cancelled.DistinctBy(command => command.Item.Cancels).Count());
        Assert.InRange(cancelled.Count, 350, 600);            // 5 % of about 9,500 orders
    }

    private static List<(string Customer, string Lines, long? Cancels)> Run(int seed)
    {
        var plan = new CommandPlan(seed, cancelPercent: 5, customers: 100);
        return [.. Enumerable.Range(0, 10_000).Select(_ => plan.Next()).Select(next => (next.Customer, string.Join(',', next.Lines), next.Cancels))];
    }
}

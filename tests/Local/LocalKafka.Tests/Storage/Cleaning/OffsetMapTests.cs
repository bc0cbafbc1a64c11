using EventSourcing.LocalKafka.Storage.Cleaning;

namespace EventSourcing.LocalKafka.Tests.Storage.Cleaning;

public sealed class OffsetMapTests
{
    [Fact]
    public void Map_KnowsTheLastOffsetOfEveryKey()
    {
        const int Keys = 50_000;
        var map = new OffsetMap(Keys, maxBytes: 10 << 20);

        for (var i = 0; i < 2 * Keys; i++)
            Assert.True(map.TryPut(BitConverter.GetBytes(i % Keys), i));

        Assert.Equal(Keys, map.Count);
        for (var i = 0; i < Keys; i++)
            Assert.Equal(Keys + i, map.Find(BitConverter.GetBytes(i)));
        Assert.Equal(OffsetMap.None, map.Find(BitConverter.GetBytes(Keys)));
        Assert.Equal(OffsetMap.None, map.Find([]));
    }

    [Fact]
    public void FullMap_TakesKnownKeysOnly()
    {
        var map = new OffsetMap(keys: 1_000, maxBytes: 100 * OffsetMap.SlotBytes);

        var taken = Enumerable.Range(0, 1_000).TakeWhile(i => map.TryPut(BitConverter.GetBytes(i), i)).Count();

        Assert.Equal(90, taken);
        Assert.True(map.TryPut(BitConverter.GetBytes(0), 2_000));
        Assert.False(map.TryPut(BitConverter.GetBytes(5_000), 2_001));
        Assert.Equal(2_000, map.Find(BitConverter.GetBytes(0)));
    }
}

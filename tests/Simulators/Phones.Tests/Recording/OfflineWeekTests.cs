using System.Text.Json;
using EventSourcing.Phones.Recording;

namespace EventSourcing.Phones.Tests.Recording;

public sealed class OfflineWeekTests
{
    [Fact]
    public void Week_OfTheSameSeedAndPhone_IsTheSame_AndOfAnotherIsNot()
    {
        static string Text(int seed, int phone) => string.Join('\n', Take(new OfflineWeek(seed, phone, 100, 5), 300).Select(recorded => recorded.ToString()));

        Assert.Equal(Text(1, 7), Text(1, 7));
        Assert.NotEqual(Text(1, 7), Text(1, 8));
        Assert.NotEqual(Text(1, 7), Text(2, 7));
    }

    [Fact]
    public void Week_OfAllPhones_IsCorruptToOnePercent_InEveryWay_AndAlwaysJson()
    {
        var events = Enumerable.Range(1, 200).SelectMany(phone => Take(new OfflineWeek(1, phone, 100, 1), 100)).ToList();

        Assert.InRange(events.Count(recorded => recorded.Corruption != Corruption.None), 140, 260);
        Assert.Equal(Enum.GetValues<Corruption>().Order(), events.Select(recorded => recorded.Corruption).Distinct().Order());
        Assert.All(events, static recorded => JsonDocument.Parse(recorded.Data).Dispose());
    }

    [Fact]
    public void Week_PassesInOrder_WithinSevenDays()
    {
        var offsets = Take(new OfflineWeek(1, 1, 100, 1), 100).Select(recorded => recorded.Offset).ToList();

        Assert.Equal(offsets.Order(), offsets);
        Assert.InRange(offsets[^1], TimeSpan.FromDays(6), TimeSpan.FromDays(7));
    }

    private static IEnumerable<RecordedEvent> Take(OfflineWeek week, int count) => Enumerable.Range(0, count).Select(_ => week.Next());
}

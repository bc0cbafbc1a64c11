namespace EventSourcing.CloudEvents.Tests;

public sealed class RoundTripTests
{
    public static TheoryData<string> BindingNames => [.. Bindings.All.Keys];

    [Theory]
    [MemberData(nameof(BindingNames))]
    public void Reading_ThroughBinding_IsEqual(string binding)
    {
        var actual = Bindings.All[binding](Events.Reading(), null);

        EventAssert.Equal(Events.Reading(), actual);
        Assert.IsType<byte[]>(actual.Data);
    }

    [Theory]
    [MemberData(nameof(BindingNames))]
    public void GoldenEvents_ThroughBinding_AreEqual(string binding)
    {
        foreach (var sample in new[] { "minimal", "minimalWithTime", "minimalWithRelativeSource", "simpleTextData", "allCore", "allExtensionTypes" })
        {
            var expected = Events.Golden(sample);

            EventAssert.Equal(expected, Bindings.All[binding](expected, Events.Extensions));
        }
    }
}

using EventSourcing.CloudEvents.Http;

namespace EventSourcing.CloudEvents.Tests.Vectors;

public sealed class JsonVectorTests
{
    private const string ValidFile = "json-valid-events.json";
    private const string InvalidFile = "json-invalid-events.json";

    public static TheoryData<string> Valid => VectorFolder.Names(static () => JsonVector.Ids(ValidFile));

    public static TheoryData<string> Invalid => VectorFolder.Names(static () => JsonVector.Ids(InvalidFile));

    [Theory(Skip = VectorFolder.Missing, SkipUnless = nameof(VectorFolder.IsRequired), SkipType = typeof(VectorFolder))]
    [MemberData(nameof(Valid))]
    public void ValidEvent_Read_IsTheGoldenEvent(string id)
    {
        var vector = JsonVector.Find(ValidFile, id);

        var cloudEvent = HttpCloudEvents.ReadStructured(vector.Json, extensions: vector.KnowsExtensions ? Events.Extensions : null);

        EventAssert.Equal(Events.Golden(vector.SampleId!), cloudEvent);
    }

    [Theory(Skip = VectorFolder.Missing, SkipUnless = nameof(VectorFolder.IsRequired), SkipType = typeof(VectorFolder))]
    [MemberData(nameof(Invalid))]
    public void InvalidEvent_Read_IsRefused(string id)
    {
        var vector = JsonVector.Find(InvalidFile, id);

        Assert.ThrowsAny<ArgumentException>(() => HttpCloudEvents.ReadStructured(vector.Json));
    }
}

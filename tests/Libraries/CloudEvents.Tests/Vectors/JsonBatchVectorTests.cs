using EventSourcing.CloudEvents.Http;

namespace EventSourcing.CloudEvents.Tests.Vectors;

public sealed class JsonBatchVectorTests
{
    private const string ValidFile = "json-valid-batches.json";
    private const string InvalidFile = "json-invalid-batches.json";

    public static TheoryData<string> Valid => VectorFolder.Names(static () => JsonVector.Ids(ValidFile));

    public static TheoryData<string> Invalid => VectorFolder.Names(static () => JsonVector.Ids(InvalidFile));

    [Theory(Skip = VectorFolder.Missing, SkipUnless = nameof(VectorFolder.IsRequired), SkipType = typeof(VectorFolder))]
    [MemberData(nameof(Valid))]
    public void ValidBatch_Read_IsTheGoldenBatch(string id)
    {
        var vector = JsonVector.Find(ValidFile, id);

        var members = HttpCloudEvents.ReadBatch(vector.Json, extensions: vector.KnowsExtensions ? Events.Extensions : null);

        Assert.Equal(
            Events.GoldenBatch(vector.SampleId!).Select(EventAssert.Describe),
            members.Select(static member => EventAssert.Describe(member.Event!)));
    }

    [Theory(Skip = VectorFolder.Missing, SkipUnless = nameof(VectorFolder.IsRequired), SkipType = typeof(VectorFolder))]
    [MemberData(nameof(Invalid))]
    public void InvalidBatch_Read_NamesTheBadMember(string id)
    {
        var vector = JsonVector.Find(InvalidFile, id);

        var members = HttpCloudEvents.ReadBatch(vector.Json);

        Assert.Contains(members, static member => member is { Event: null, Error.Length: > 0 });
    }
}

using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Tests.Storage;

public sealed class Crc32CTests
{
    /// <summary>RFC 3720 B.4 and the usual check value.</summary>
    [Fact]
    public void Compute_KnownVectors_GivesTheirChecksums()
    {
        Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x46DD794Eu, Crc32C.Compute([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0u, Crc32C.Compute([]));
    }
}

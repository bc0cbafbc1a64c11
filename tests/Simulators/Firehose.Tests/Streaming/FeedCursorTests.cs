using EventSourcing.Firehose.Streaming;

namespace EventSourcing.Firehose.Tests.Streaming;

public sealed class FeedCursorTests
{
    [Theory]
    [InlineData("abc123-17", 17)]
    [InlineData("abc123-0", 0)]
    [InlineData("other0-17", 0)]
    [InlineData("abc123--17", 0)]
    [InlineData("abc123", 0)]
    [InlineData("", 0)]
    [InlineData(null, 0)]
    public void Cursor_OfThisRun_IsItsNumber(string? cursor, long number) => Assert.Equal(number, FeedCursor.Read(cursor, "abc123"));

    [Fact]
    public void Cursor_Written_IsReadBack() => Assert.Equal(4_711, FeedCursor.Read(FeedCursor.Write("abc123", 4_711), "abc123"));
}

using EventSourcing.Orders.Endpoints;
using Microsoft.AspNetCore.Http;

namespace EventSourcing.Orders.Tests.Endpoints;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("\"8e03978e-40d5-43e8-bc93-6894a57f9324\"", "8e03978e-40d5-43e8-bc93-6894a57f9324")]
    [InlineData("8e03978e", "8e03978e")]
    [InlineData("\"\"", null)]
    [InlineData("\"", null)]
    [InlineData("\"a\"b\"", null)]
    [InlineData("a,b", null)]
    [InlineData("\"é\"", null)]
    public void Key_IsReadWithAndWithoutQuotes(string header, string? key) =>
        Assert.Equal(key, IdempotencyKey.Read(new HeaderDictionary { [IdempotencyKey.Header] = header }));

    [Fact]
    public void Key_GivenTwice_OrTooLong_IsNone()
    {
        Assert.Null(IdempotencyKey.Read(new HeaderDictionary { [IdempotencyKey.Header] = new(["a", "b"]) }));
        Assert.Null(IdempotencyKey.Read(new HeaderDictionary { [IdempotencyKey.Header] = new string('k', 129) }));
    }

    [Theory]
    [InlineData(null, true, null)]
    [InlineData("*", true, null)]
    [InlineData("\"1\"", true, "1")]
    [InlineData("\"1\", \"3\"", true, "1,3")]
    [InlineData("W/\"1\"", true, "")]
    [InlineData("\"abc\"", true, "")]
    [InlineData("1", false, null)]
    public void IfMatch_IsReadAsVersions(string? header, bool isValid, string? versions)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (header is not null)
            headers.IfMatch = header;

        Assert.Equal(isValid, VersionTags.TryReadIfMatch(headers, out var read));
        Assert.Equal(versions, read is null ? null : string.Join(',', read));
    }
}

using CsCheck;
using EventSourcing.CloudEvents.Http;

namespace EventSourcing.CloudEvents.Tests.Http;

public sealed class HttpHeaderTextTests
{
    [Theory]
    [InlineData("Euro € 😀", "Euro%20%E2%82%AC%20%F0%9F%98%80")]
    [InlineData("plain/!#$&'()*+,-.:;<=>?@[\\]^_`{|}~", "plain/!#$&'()*+,-.:;<=>?@[\\]^_`{|}~")]
    [InlineData("\"quoted\"", "%22quoted%22")]
    [InlineData("100%", "100%25")]
    [InlineData("%20", "%2520")]
    [InlineData(" ", "%20")]
    [InlineData("", "")]
    public void Value_Encoded_IsPercentEncodedUtf8(string value, string header)
    {
        Assert.Equal(header, HttpHeaderText.Encode(value));
        Assert.Equal(value, HttpHeaderText.Decode("subject", header));
    }

    [Theory]
    [InlineData("%e2%82%ac", "€")]
    [InlineData("%2520", "%20")]
    [InlineData("%61%5A", "aZ")]
    [InlineData("a b", "a b")]
    [InlineData("\"a b\"", "a b")]
    [InlineData("\"a\\\"b\\\\c\"", "a\"b\\c")]
    [InlineData("\"Euro%20%E2%82%AC\"", "Euro €")]
    [InlineData("\"\"", "")]
    [InlineData("a\"b", "a\"b")]
    public void Header_Decoded_OnceAndUnquoted(string header, string value) =>
        Assert.Equal(value, HttpHeaderText.Decode("subject", header));

    [Theory]
    [InlineData("%C0%A0")]
    [InlineData("%ED%A0%80")]
    [InlineData("%80")]
    [InlineData("%E2%82")]
    [InlineData("%")]
    [InlineData("%2")]
    [InlineData("%zz")]
    [InlineData("100%")]
    [InlineData("\"open")]
    [InlineData("\"early\"end")]
    [InlineData("\"escaped end\\\"")]
    public void MalformedHeader_Decoded_IsRefused(string header) =>
        Assert.Throws<ArgumentException>(() => HttpHeaderText.Decode("subject", header));

    [Fact]
    public void AnyText_EncodedAndDecoded_IsTheSameAndPlainAscii() =>
        EventGen.Text.Sample(static text =>
        {
            var header = HttpHeaderText.Encode(text);

            Assert.DoesNotContain(header, static c => c is < '!' or > '~' or '"');
            Assert.Equal(text, HttpHeaderText.Decode("subject", header));
        });
}

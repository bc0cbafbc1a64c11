using System.Text;
using EventSourcing.SocialFeed.Intake;

namespace EventSourcing.SocialFeed.Tests.Intake;

public sealed class Utf8CheckTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("a é € 𐍈 z");

    [Fact]
    public void Text_CutAnywhere_IsValid()
    {
        for (var first = 0; first <= Text.Length; first++)
        {
            for (var second = first; second <= Text.Length; second++)
                Assert.True(IsValid(Text[..first], Text[first..second], Text[second..]), $"{first}, {second}");
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0xA0 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0xE2, 0x82, (byte)'a' })]
    public void Bytes_ThatAreNone_AreInvalid_HoweverTheyAreCut(byte[] bytes)
    {
        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.False(IsValid([.. "ok"u8, .. bytes[..cut]], bytes[cut..]), $"{cut}");
    }

    private static bool IsValid(params byte[][] pieces)
    {
        var check = new Utf8Check();
        foreach (var piece in pieces)
            check.Append(piece);
        return check.IsValid;
    }
}

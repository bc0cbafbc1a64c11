using System.Globalization;
using System.Text;
using CsCheck;
using EventSourcing.MqAdapter.Decoding;
using EventSourcing.MqAdapter.Options;
using EventSourcing.Till.Sales;

namespace EventSourcing.MqAdapter.Tests.Decoding;

/// <summary>
/// The stored forms, against the examples of IBM's Enterprise COBOL for z/OS Programming Guide (chapter "Formats for numeric data", values
/// +1234 and -1234) and against a writer that was written apart from the reader.
/// </summary>
public sealed class DecimalsTests
{
    private static readonly Encoding Ebcdic = Charsets.Find("CP037");

    [Theory]
    [InlineData("01234C", 0, "1234")]
    [InlineData("01234D", 0, "-1234")]
    [InlineData("01234F", 0, "1234")]
    [InlineData("01234A", 0, "1234")]
    [InlineData("01234B", 0, "-1234")]
    [InlineData("01234E", 0, "1234")]
    [InlineData("12345C", 2, "123.45")]
    [InlineData("0000000D", 2, "0.00")]
    [InlineData("9C", 0, "9")]
    [InlineData("9999999999999999999999999999C", 2, null)]
    [InlineData("012A4C", 0, null)]
    [InlineData("012345", 0, null)]
    [InlineData("C1234C", 0, null)]
    public void Packed(string hex, int scale, string? expected) =>
        Assert.Equal(expected, Text(hex.Length % 2 == 0 ? Decimals.ReadPacked(Convert.FromHexString(hex), scale, out _) : null));

    [Theory]
    [InlineData("F1F2F3F4", "1234")]
    [InlineData("F1F2F3C4", "1234")]
    [InlineData("F1F2F3D4", "-1234")]
    [InlineData("F0F0F1F2D3", "-123")]
    [InlineData("F1F2D3F4", null)]
    [InlineData("F1F2F37B", null)]
    [InlineData("40404040", null)]
    public void ZonedInEbcdic(string hex, string? expected) => Assert.Equal(expected, Text(Decimals.ReadZonedEbcdic(Convert.FromHexString(hex), 0, out _)));

    [Theory]
    [InlineData("1234", "1234")]
    [InlineData("123D", "1234")]
    [InlineData("123M", "-1234")]
    [InlineData("123{", "1230")]
    [InlineData("123}", "-1230")]
    [InlineData("12M4", null)]
    [InlineData("123 ", null)]
    public void ZonedInAscii(string text, string? expected) => Assert.Equal(expected, Text(Decimals.ReadZonedAscii(Encoding.ASCII.GetBytes(text), 0, out _)));

    [Theory]
    [InlineData("04D2", true, 0, "1234")]
    [InlineData("FB2E", true, 0, "-1234")]
    [InlineData("FB2E", false, 0, "64302")]
    [InlineData("FFFFFB2E", true, 2, "-12.34")]
    [InlineData("00000000000004D2", true, 3, "1.234")]
    public void Binary(string hex, bool isSigned, int scale, string expected) =>
        Assert.Equal(expected, Text(Decimals.ReadBinary(Convert.FromHexString(hex), isSigned, scale)));

    [Theory]
    [InlineData("C1C2C3 A9 F0F9 4B 6B", "ABCz09.,")]
    [InlineData("C8 85 93 93 96 40 E6 96 99 93 84 5A", "Hello World!")]
    [InlineData("4A 5F B0", "¢¬^")]
    public void Cp037_IsAsItsTableSays(string hex, string expected) =>
        Assert.Equal(expected, Ebcdic.GetString(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));

    [Theory]
    [InlineData("X(20)", FieldUsage.Display, 20)]
    [InlineData("XX", FieldUsage.Display, 2)]
    [InlineData("S9(7)V99", FieldUsage.Comp3, 5)]
    [InlineData("S9(9)V99", FieldUsage.Comp3, 6)]
    [InlineData("9(4)", FieldUsage.Comp, 2)]
    [InlineData("S9(9)", FieldUsage.Comp, 4)]
    [InlineData("S9(10)", FieldUsage.Comp, 8)]
    [InlineData("s9(3)v9", FieldUsage.Display, 4)]
    public void Picture_HasTheLengthOfItsUsage(string picture, FieldUsage usage, int length)
    {
        Assert.Null(Picture.FindError(picture, usage));
        Assert.Equal(length, Picture.Parse(picture).Length(usage));
    }

    [Theory]
    [InlineData("", FieldUsage.Display)]
    [InlineData("V", FieldUsage.Display)]
    [InlineData("Z(5)9", FieldUsage.Display)]
    [InlineData("X(5)", FieldUsage.Comp3)]
    [InlineData("9(19)", FieldUsage.Comp)]
    [InlineData("9(29)", FieldUsage.Comp3)]
    [InlineData("X(0)", FieldUsage.Display)]
    public void Picture_ThatCannotBe_IsAnError(string picture, FieldUsage usage) => Assert.NotNull(Picture.FindError(picture, usage));

    [Fact]
    public void Numbers_AreReadAsTheyWereWritten() => Gen.Select(Gen.Long[-99_999_999_999, 99_999_999_999], Gen.Bool).Sample((digits, isEbcdic) =>
    {
        var value = digits / 100m;
        var bytes = new byte[17];
        var writer = new RecordWriter(bytes, isEbcdic ? Ebcdic : Encoding.ASCII, isEbcdic);
        writer.Packed(value, 11, 2);
        writer.Zoned(value, 11, 2);

        var packed = Decimals.ReadPacked(bytes.AsSpan(0, 6), 2, out _);
        var zoned = isEbcdic ? Decimals.ReadZonedEbcdic(bytes.AsSpan(6), 2, out _) : Decimals.ReadZonedAscii(bytes.AsSpan(6), 2, out _);

        Assert.Equal((value, value), (packed, zoned));
    });

    private static string? Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);
}

using System.Text;
using System.Text.Json;
using CsCheck;
using EventSourcing.MqAdapter.Decoding;
using EventSourcing.MqAdapter.Options;
using EventSourcing.MqAdapter.Tests.Support;
using EventSourcing.Till.Sales;
using Microsoft.Extensions.Configuration;

namespace EventSourcing.MqAdapter.Tests.Decoding;

public sealed class BodyDecoderTests
{
    private static readonly Sale Example = new(
        "S0001", "T02", 4711, new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero), "4006381333", "PENCIL HB 12", -3, 3.49m);

    private static readonly BodyDecoder Decoder = new(Bind("Mq:Queues:0", Settings.Records(0)), 100);

    [Theory]
    [InlineData("IBM037")]
    [InlineData("us-ascii")]
    public void Records_BecomeJson_InOrder(string charset)
    {
        var queue = Bind("Mq:Queues:0", Settings.Records(0));
        queue.Charset = charset;
        var body = new SaleRecords(charset).Encode([Example, Example with { Quantity = 12, StoreId = "S2" }]);

        var records = new BodyDecoder(queue, 100).Decode(body, isString: false, out var error);

        Assert.Null(error);
        Assert.Equal(2, records!.Count);
        Assert.Equal(
            """{"storeId":"S0001","tillId":"T02","saleNumber":4711,"soldAt":"2026-03-01T09:30:00Z","sku":"4006381333","description":"PENCIL HB 12","quantity":-3,"unitPrice":3.49,"amount":-10.47}""",
            Encoding.UTF8.GetString(records[0].Data));
        Assert.Equal(("S0001", Example.SoldAt), (records[0].Key, records[0].Time));
        Assert.Equal("S2", records[1].Key);
    }

    [Theory]
    [InlineData(0, "multiple of the record length 82")]
    [InlineData(81, "multiple of the record length 82")]
    [InlineData(82 * 101, "limit is 100")]
    [InlineData(82, "no zoned decimal: byte 0x00 at offset 66")]
    public void Body_OfAnotherForm_IsAnError_ThatSaysWhere(int length, string expected)
    {
        Assert.Null(Decoder.Decode(new byte[length], isString: false, out var error));

        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void OneWrongRecord_SpoilsTheMessage()
    {
        var body = new SaleRecords("IBM037").Encode([Example, Example]);
        body[82 + 75] = 0xFF;

        Assert.Null(Decoder.Decode(body, isString: false, out var error));

        Assert.StartsWith("Record 1: field", error, StringComparison.Ordinal);
        Assert.Contains("packed", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnyBytes_DecodeOrAreAnError_NeverAnException() => Gen.Byte.Array[82].Sample(body =>
    {
        var records = Decoder.Decode(body, isString: false, out var error);
        Assert.NotEqual(records is null, error is null);
    }, iter: 20_000);

    [Theory]
    [InlineData("""{"storeId":"S1","sku":"1","quantity":1,"unitPrice":2.5}""", null)]
    [InlineData("""{"storeId":"S1","sku":"1","quantity":1}""", "does not fit")]
    [InlineData("""{"storeId":"","sku":"1","quantity":1,"unitPrice":2.5}""", "storeId has 0 characters")]
    [InlineData("""{"storeId":"S1","sku":"1","quantity":1,"unitPrice":2.5,"more":1}""", "does not fit")]
    [InlineData("no json", "does not fit")]
    [InlineData("", "does not fit")]
    [InlineData("null", "is null")]
    public void Json_IsHeldToTheContract(string json, string? expected)
    {
        new BodyDecoder(new QueueOptions { Name = "q" }, 1).Decode(Encoding.UTF8.GetBytes(json), isString: false, out var error);

        if (expected is null)
            Assert.Null(error);
        else
            Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_IsTranslated_AndWhatIsNoCharacter_IsAnError()
    {
        var ebcdic = new BodyDecoder(new QueueOptions { Name = "q", Format = BodyFormat.Text, Charset = "CP037" }, 1);
        var utf8 = new BodyDecoder(new QueueOptions { Name = "q", Format = BodyFormat.Text }, 1);

        var text = ebcdic.Decode(Convert.FromHexString("C88593939640E6969993845A"), isString: false, out _);
        utf8.Decode(new byte[] { 0x41, 0xFF }, isString: false, out var error);

        Assert.Equal("Hello World!", Encoding.UTF8.GetString(text![0].Data));
        Assert.Contains("offset 1", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfAnyCharacters_SurvivesCp037() => Gen.Char['\u0001', '\u00ff'].Array.Sample(characters =>
    {
        var text = new string(characters);
        var decoder = new BodyDecoder(new QueueOptions { Name = "q", Format = BodyFormat.Text, Charset = "CP037" }, 1);
        var records = decoder.Decode(Charsets.Find("CP037").GetBytes(text), isString: false, out _);
        Assert.Equal(text, Encoding.UTF8.GetString(records![0].Data));
    });

    [Fact]
    public void Sales_AreReadAsTheyWereWritten() => Gen.Select(Gen.Int[-99_999, 99_999], Gen.Int[0, 9_999], Gen.UInt[0, 999_999_999]).Sample((quantity, cents, number) =>
    {
        var sale = Example with { Quantity = quantity, UnitPrice = cents / 100m, SaleNumber = number };
        var records = Decoder.Decode(new SaleRecords("IBM037").Encode([sale]), isString: false, out _);
        var read = JsonSerializer.Deserialize<JsonElement>(records![0].Data);
        Assert.Equal(
            (sale.Quantity, sale.UnitPrice, sale.Amount, sale.SaleNumber),
            (read.GetProperty("quantity").GetInt32(), read.GetProperty("unitPrice").GetDecimal(), read.GetProperty("amount").GetDecimal(), read.GetProperty("saleNumber").GetUInt32()));
    });

    private static QueueOptions Bind(string section, IEnumerable<(string Key, string? Value)> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(own => own.Key, own => own.Value)).Build().GetSection(section).Get<QueueOptions>()!;
}

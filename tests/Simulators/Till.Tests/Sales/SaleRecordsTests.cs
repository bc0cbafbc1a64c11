using EventSourcing.Till.Sales;

namespace EventSourcing.Till.Tests.Sales;

/// <summary>The record as a mainframe stores it, byte for byte.</summary>
public sealed class SaleRecordsTests
{
    private static readonly Sale Example = new(
        "S0001", "T02", 4711, new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero), "4006381333", "PENCIL HB 12", -3, 3.49m);

    [Fact]
    public void InEbcdic_EveryField_HasItsBytes()
    {
        const string Expected =
            "E2F0F0F0F140" + "E3F0F240" + "00001267" + "F2F0F2F660F0F360F0F1E3F0F97AF3F07AF0F0E9"
            + "F4F0F0F6F3F8F1F3F3F34040" + "D7C5D5C3C9D340C8C240F1F24040404040404040" + "F0F0F0F0D3" + "000000349C" + "00000001047D";

        Assert.Equal(Expected, Convert.ToHexString(new SaleRecords("IBM037").Encode([Example])));
    }

    [Fact]
    public void InAscii_TheSign_IsTranslated()
    {
        var record = new SaleRecords("us-ascii").Encode([Example, Example with { Quantity = 10 }]);

        Assert.Equal("0000L", System.Text.Encoding.ASCII.GetString(record, 66, 5));
        Assert.Equal("0001{", System.Text.Encoding.ASCII.GetString(record, SaleRecords.Length + 66, 5));
    }

    [Fact]
    public void NumberThatDoesNotFit_IsAnError() => Assert.Throws<OverflowException>(() => new SaleRecords("IBM037").Encode([Example with { Quantity = 100_000 }]));

    [Fact]
    public void SameSeed_GivesTheSameSales()
    {
        Assortment[] both = [new(7, [1, 2, 3], 4, TimeProvider.System), new(7, [1, 2, 3], 4, TimeProvider.System)];

        for (var i = 0; i < 100; i++)
        {
            var baskets = both.Select(own => own.Next().Select(sale => sale with { SoldAt = default })).ToArray();
            Assert.Equal(baskets[0], baskets[1]);
        }
    }
}

using System.Globalization;
using System.Text;

namespace EventSourcing.Till.Sales;

/// <summary>
/// Sales as the mainframe's copybook has them, 82 bytes each:
/// <code>
/// 01 SALE.                              05 SKU          PIC X(12).
///    05 STORE-ID    PIC X(6).           05 DESCRIPTION  PIC X(20).
///    05 TILL-ID     PIC X(4).           05 QUANTITY     PIC S9(5).
///    05 SALE-NUMBER PIC 9(9) COMP.      05 UNIT-PRICE   PIC S9(7)V99 COMP-3.
///    05 SOLD-AT     PIC X(20).          05 AMOUNT       PIC S9(9)V99 COMP-3.
/// </code>
/// </summary>
internal sealed class SaleRecords
{
    /// <summary>Bytes of a record.</summary>
    public const int Length = 82;

    private readonly Encoding _charset;
    private readonly bool _isEbcdic;

    static SaleRecords() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <exception cref="ArgumentException">.NET knows no set of that name.</exception>
    public SaleRecords(string charset)
    {
        _charset = Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        _isEbcdic = _charset.GetBytes("0")[0] == 0xF0;
    }

    /// <summary>The records of a basket.</summary>
    public byte[] Encode(IReadOnlyList<Sale> basket)
    {
        var bytes = new byte[basket.Count * Length];
        for (var i = 0; i < basket.Count; i++)
            Write(basket[i], bytes.AsSpan(i * Length, Length));
        return bytes;
    }

    private void Write(Sale sale, Span<byte> record)
    {
        var writer = new RecordWriter(record, _charset, _isEbcdic);
        writer.Text(sale.StoreId, 6);
        writer.Text(sale.TillId, 4);
        writer.Binary(sale.SaleNumber);
        writer.Text(sale.SoldAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), 20);
        writer.Text(sale.Sku, 12);
        writer.Text(sale.Description, 20);
        writer.Zoned(sale.Quantity, 5);
        writer.Packed(sale.UnitPrice, 9, 2);
        writer.Packed(sale.Amount, 11, 2);
    }
}

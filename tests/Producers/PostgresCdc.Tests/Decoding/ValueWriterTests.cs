using System.Text;
using System.Text.Json;
using CsCheck;
using EventSourcing.PostgresCdc.Decoding;

namespace EventSourcing.PostgresCdc.Tests.Decoding;

/// <summary>PostgreSQL's text forms as JSON.</summary>
public sealed class ValueWriterTests
{
    [Theory]
    [InlineData(JsonForm.Number, "-12", "-12")]
    [InlineData(JsonForm.Number, "1e+20", "1e+20")]
    [InlineData(JsonForm.Number, "NaN", "\"NaN\"")]
    [InlineData(JsonForm.Number, "-Infinity", "\"-Infinity\"")]
    [InlineData(JsonForm.Boolean, "t", "true")]
    [InlineData(JsonForm.Boolean, "f", "false")]
    [InlineData(JsonForm.Bytes, @"\x00ff10", "\"AP8Q\"")]
    [InlineData(JsonForm.Bytes, @"\x", "\"\"")]
    [InlineData(JsonForm.Timestamp, "2026-03-01 09:30:00.5+00", "\"2026-03-01T09:30:00.5Z\"")]
    [InlineData(JsonForm.Timestamp, "2026-03-01 09:30:00", "\"2026-03-01T09:30:00\"")]
    [InlineData(JsonForm.Timestamp, "infinity", "\"infinity\"")]
    [InlineData(JsonForm.Timestamp, "0044-03-15 12:00:00+00 BC", "\"0044-03-15 12:00:00+00 BC\"")]
    [InlineData(JsonForm.Text, "a\"b\n漢", "\"a\\\"b\\n漢\"")]
    public void Value_HasItsForm(object form, string text, string json) => Assert.Equal(json, Write(new PgType((JsonForm)form), text));

    [Theory]
    [InlineData("{}", "[]")]
    [InlineData("{1,NULL,3}", "[1,null,3]")]
    [InlineData("{{1,2},{3,4}}", "[[1,2],[3,4]]")]
    [InlineData("[0:1]={5,6}", "[5,6]")]
    [InlineData("no array", "\"no array\"")]
    public void Array_HasItsElements(string text, string json) => Assert.Equal(json, Write(new PgType(JsonForm.Array, new PgType(JsonForm.Number)), text));

    [Fact]
    public void TextArray_OfAnyStrings_ReadsAsTheyWere() => Gen.String.Array.Sample(strings =>
    {
        var clean = strings.Select(text => new string([.. text.Where(letter => letter != '\0' && !char.IsSurrogate(letter))])).ToArray();
        var literal = $"{{{string.Join(',', clean.Select(text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}}}";
        Assert.Equal(clean, JsonSerializer.Deserialize<string[]>(Write(new PgType(JsonForm.Array, PgType.Text), literal)));
    });

    private static string Write(PgType type, string text)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            ValueWriter.Write(json, type, Encoding.UTF8.GetBytes(text));
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

namespace EventSourcing.PostgresCdc.Decoding;

/// <summary>How a type's text form becomes JSON.</summary>
/// <param name="Form">The rule.</param>
/// <param name="Element">Of an array: its elements' type.</param>
internal sealed record PgType(JsonForm Form, PgType? Element = null)
{
    /// <summary>A string as it is: text, numeric, uuid, enum, json, ranges and everything that is not known better.</summary>
    public static readonly PgType Text = new(JsonForm.Text);
}

/// <summary>Rules from text to JSON.</summary>
internal enum JsonForm
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A number as it stands; NaN and infinity, which JSON has not, are strings.</summary>
    Number,

    /// <summary><c>t</c>, <c>f</c>.</summary>
    Boolean,

    /// <summary><c>\x...</c> becomes base64.</summary>
    Bytes,

    /// <summary>Date and time, ISO 8601 with <c>T</c>, and <c>Z</c> where it has a zone.</summary>
    Timestamp,

    /// <summary>An array, of any depth.</summary>
    Array,
}

using System.Buffers;
using System.Text;

namespace EventSourcing.SocialFeed.Intake;

/// <summary>Whether bytes that come in pieces are valid UTF-8: a character may lie across two pieces.</summary>
internal sealed class Utf8Check
{
    private const int LongestCharacter = 4;

    private readonly byte[] _carried = new byte[LongestCharacter];
    private int _carriedLength;
    private bool _isBroken;

    /// <summary>The next piece.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        while (_carriedLength > 0 && piece.Length > 0 && !_isBroken)
        {
            _carried[_carriedLength++] = piece[0];
            piece = piece[1..];
            var status = Rune.DecodeFromUtf8(_carried.AsSpan(0, _carriedLength), out _, out _);
            _isBroken = status == OperationStatus.InvalidData;
            if (status == OperationStatus.Done)
                _carriedLength = 0;
        }

        if (_isBroken || piece.IsEmpty)
            return;
        var whole = WholeCharacters(piece);
        _isBroken = !System.Text.Unicode.Utf8.IsValid(piece[..whole]);
        piece[whole..].CopyTo(_carried);
        _carriedLength = piece.Length - whole;
    }

    /// <summary>True when everything so far is valid, and ends with a whole character.</summary>
    public bool IsValid => !_isBroken && _carriedLength == 0;

    // The length without a character at the end that wants further bytes.
    private static int WholeCharacters(ReadOnlySpan<byte> piece)
    {
        for (var tail = 1; tail < LongestCharacter && tail <= piece.Length; tail++)
        {
            if (Rune.DecodeFromUtf8(piece[^tail..], out _, out _) == OperationStatus.NeedMoreData)
                return piece.Length - tail;
        }

        return piece.Length;
    }
}

using System.Globalization;
using System.Text;
using EventSourcing.Firehose.Options;

namespace EventSourcing.Firehose.Posts;

/// <summary>
/// Makes the posts of one source. Each depends on the seed, the source's number and its own number only, so a post can be made again at any time: that is how
/// the stream goes back to where its reader wants it.
/// </summary>
/// <param name="options">The simulator's options.</param>
/// <param name="source">Number of the source.</param>
/// <param name="isStream">Posts of the stream are good ones, and structured.</param>
internal sealed class PostGenerator(FirehoseOptions options, int source, bool isStream)
{
    private const int LargeFrom = 64 * 1024;
    private const int LargestStructured = 512 * 1024;

    private static readonly byte[] PngStart = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];
    private static readonly PostShape[] Shapes = Enum.GetValues<PostShape>();

    /// <summary>The post of that number.</summary>
    public GeneratedPost Make(long number)
    {
        var chance = new Random(HashCode(number));
        var author = string.Create(CultureInfo.InvariantCulture, $"author-{source}-{chance.Next(options.Authors)}");
        var shape = isStream ? PostShape.Structured : Shapes[chance.Next(Shapes.Length)];
        var corruption = !isStream && chance.NextDouble() * 100 < options.CorruptPercent ? Draw(chance, shape) : Corruption.None;
        if (corruption == Corruption.BrokenText)
            return new GeneratedPost(number, author, "text/plain; charset=utf-8", [.. Text(chance), 0xC0, 0xA0], shape, corruption);
        var (contentType, data) = options.LargeEvery > 0 && chance.Next(options.LargeEvery) == 0 ? Large(chance, shape) : Small(chance);
        return new GeneratedPost(number, author, contentType, data, shape, corruption);
    }

    private (string, byte[]) Large(Random chance, PostShape shape)
    {
        var limit = shape is PostShape.Structured or PostShape.Batch ? Math.Min(LargestStructured, options.MaxPostBytes) : options.MaxPostBytes;
        return ("image/png", Image(chance, chance.Next(LargeFrom + 1, limit + 1)));
    }

    private static (string, byte[]) Small(Random chance) => chance.Next(10) switch
    {
        < 6 => ("text/plain; charset=utf-8", Text(chance)),
        6 => ("text/plain; charset=iso-8859-1", Encoding.Latin1.GetBytes($"Größe {chance.Next()}: für 5 £ à la carte")),
        7 => ("application/json", Encoding.UTF8.GetBytes($$"""{"likes":{{chance.Next(10_000)}},"text":"{{Scripts.Sentence(chance)}}"}""")),
        8 => ("text/html; charset=utf-8", Encoding.UTF8.GetBytes($"<p lang=\"und\">{Scripts.Sentence(chance)}</p>")),
        _ => ("image/png", Image(chance, chance.Next(200, 8_000))),
    };

    private static byte[] Text(Random chance)
    {
        var text = new StringBuilder();
        for (var sentences = chance.Next(1, 12); sentences > 0; sentences--)
            text.Append(Scripts.Sentence(chance)).Append(' ');
        return Encoding.UTF8.GetBytes(text.Append('#').Append(chance.Next(1_000)).ToString());
    }

    // The first bytes of a picture, the rest noise: nobody looks at it, but it must arrive as it is.
    private static byte[] Image(Random chance, int length)
    {
        var image = new byte[length];
        chance.NextBytes(image);
        PngStart.CopyTo(image, 0);
        return image;
    }

    // A batch is refused whole only when its signature is wrong; that is left to the single forms.
    private static Corruption Draw(Random chance, PostShape shape)
    {
        Corruption[] kinds = shape switch
        {
            PostShape.Batch => [Corruption.BrokenText, Corruption.UnknownType, Corruption.NoAuthor],
            PostShape.Plain => [Corruption.BrokenText, Corruption.NoAuthor, Corruption.WrongKey],
            _ => [Corruption.BrokenText, Corruption.UnknownType, Corruption.NoAuthor, Corruption.WrongKey],
        };
        return kinds[chance.Next(kinds.Length)];
    }

    private int HashCode(long number) => unchecked((((options.Seed * 397) ^ source) * 397) ^ (int)(number * 2_654_435_761));
}

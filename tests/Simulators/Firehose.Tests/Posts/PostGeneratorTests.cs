using System.Text;
using System.Text.Unicode;
using EventSourcing.Firehose.Options;
using EventSourcing.Firehose.Posts;

namespace EventSourcing.Firehose.Tests.Posts;

public sealed class PostGeneratorTests
{
    private static readonly FirehoseOptions Options = new() { LargeEvery = 20, MaxPostBytes = 1_000_000, CorruptPercent = 5 };

    [Fact]
    public void Post_MadeAgain_IsTheSame()
    {
        var (one, other) = (new PostGenerator(Options, 3, isStream: false), new PostGenerator(Options, 3, isStream: false));

        foreach (var number in (long[])[500, 1, 500, 77])
        {
            var (first, second) = (one.Make(number), other.Make(number));
            Assert.Equal(first with { Data = [] }, second with { Data = [] });
            Assert.Equal(first.Data, second.Data);
        }
    }

    [Fact]
    public void Posts_DifferBySource_AndBySeed()
    {
        var posts = new[] { (1, 1), (1, 2), (2, 1) }
            .Select(own => new PostGenerator(new FirehoseOptions { Seed = own.Item1 }, own.Item2, isStream: false).Make(1));

        Assert.Equal(3, posts.Select(post => Convert.ToHexString(post.Data)).Distinct().Count());
    }

    [Fact]
    public void Posts_HaveAllShapesAndCorruptions_AndOneInSoManyIsLarge()
    {
        var generator = new PostGenerator(Options, 1, isStream: false);
        var posts = Enumerable.Range(1, 4_000).Select(number => generator.Make(number)).ToList();

        Assert.Equal(Enum.GetValues<PostShape>(), posts.Select(post => post.Shape).Distinct().Order());
        Assert.Equal(Enum.GetValues<Corruption>(), posts.Select(post => post.Corruption).Distinct().Order());
        Assert.InRange(posts.Count(post => post.Data.Length > 65_536), 120, 280);
        Assert.InRange(posts.Count(post => post.Corruption != Corruption.None), 120, 280);
        Assert.All(posts.Where(post => post.Shape is PostShape.Structured or PostShape.Batch), post => Assert.InRange(post.Data.Length, 1, 524_288));
        Assert.All(posts.Where(post => post.ContentType.EndsWith("utf-8", StringComparison.Ordinal)), post =>
            Assert.Equal(post.Corruption != Corruption.BrokenText, Utf8.IsValid(post.Data)));
        Assert.InRange(posts.Where(post => post.ContentType.StartsWith("text/plain; charset=utf-8", StringComparison.Ordinal))
            .SelectMany(post => Encoding.UTF8.GetString(post.Data).EnumerateRunes()).Distinct().Count(), 200, 2_000);
    }

    [Fact]
    public void StreamPosts_AreGoodOnes_AndStructured()
    {
        var generator = new PostGenerator(Options, 0, isStream: true);

        Assert.All(Enumerable.Range(1, 1_000).Select(number => generator.Make(number)), post =>
            Assert.Equal((PostShape.Structured, Corruption.None), (post.Shape, post.Corruption)));
    }
}

using CsCheck;

namespace EventSourcing.Receipts.Tests;

public class SequenceSetTests
{
    private static readonly Gen<(long First, long Last)> GenRange =
        Gen.Select(Gen.Long[1, 30_000], Gen.Frequency((8, Gen.Long[0, 40]), (2, Gen.Long[4_000, 13_000])), (first, length) => (first, first + length));

    [Fact]
    public void Add_OfTheSameNumberTwice_IsPresentTheSecondTime()
    {
        var set = new SequenceSet();

        Assert.Equal(SequenceAddition.Added, set.Add(7));
        Assert.Equal(SequenceAddition.Present, set.Add(7));
        Assert.Equal(1, set.Count);
        Assert.True(set.Contains(7));
        Assert.False(set.Contains(6));
    }

    [Fact]
    public void Ranges_OfAnyAdditions_EqualThoseOfAPlainSet() => GenRange.Array[0, 60].Sample(ranges =>
    {
        var set = new SequenceSet();
        var model = new SortedSet<long>();
        foreach (var (first, last) in ranges)
            Assert.Equal(last - first + 1 - Present(model, first, last), set.AddRange(first, last));

        Assert.Equal(model.Count, set.Count);
        Assert.Equal(model, set.Ranges().SelectMany(Numbers));
        Assert.All(set.Ranges().Zip(set.Ranges().Skip(1)), pair => Assert.True(pair.First.Last + 1 < pair.Second.First));
    }, iter: 200);

    [Fact]
    public void Counts_OfTwoSets_EqualThoseOfPlainSets() => Gen.Select(GenRange.Array[0, 30], GenRange.Array[0, 30]).Sample((mine, theirs) =>
    {
        var (left, right) = (SetOf(mine), SetOf(theirs));
        var (leftModel, rightModel) = (Model(mine), Model(theirs));

        Assert.Equal(leftModel.Intersect(rightModel).Count(), left.CountIntersection(right));
        Assert.Equal(leftModel.Except(rightModel).Count(), left.CountExcept(right));
        Assert.Equal(leftModel.Union(rightModel).Count(), left.CountUnion(right));
        Assert.Equal(leftModel.Except(rightModel).Order(), left.RangesExcept(right).SelectMany(Numbers));
        var union = left.Clone();
        union.UnionWith(right);
        Assert.Equal(leftModel.Union(rightModel).Order(), union.Ranges().SelectMany(Numbers));
    }, iter: 200);

    [Fact]
    public void Text_OfAnySet_ReadsBackAsTheSameSet() => GenRange.Array[0, 40].Sample(ranges =>
    {
        var set = SetOf(ranges);

        Assert.True(SequenceSet.TryParse(set.ToString(), out var read));
        Assert.Equal(set.Ranges(), read.Ranges());
        Assert.Equal(set.Count, read.Count);
    }, iter: 200);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("5-3")]
    [InlineData("1,,2")]
    [InlineData("1000000000000")]
    [InlineData("1 - 2")]
    [InlineData("+1")]
    [InlineData("a")]
    public void TryParse_OfMalformedText_IsFalse(string text) => Assert.False(SequenceSet.TryParse(text, out _));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(SequenceSet.MaxSequence + 1)]
    public void Add_OutOfRange_Throws(long sequence)
    {
        var set = new SequenceSet();

        Assert.Throws<ArgumentOutOfRangeException>(() => set.Add(sequence));
        Assert.False(set.Contains(sequence));
    }

    [Fact]
    public void AddRange_OfEverything_IsOneRun()
    {
        var set = new SequenceSet();
        set.AddRange(1_000, 5_000);

        set.AddRange(1, SequenceSet.MaxSequence);

        Assert.Equal(SequenceSet.MaxSequence, set.Count);
        Assert.InRange(set.Segments, 1, 2);
        Assert.Equal(new SequenceRange(1, SequenceSet.MaxSequence), Assert.Single(set.Ranges()));
    }

    [Fact]
    public void Add_BeyondTheBound_IsRefusedAndCounted()
    {
        var set = new SequenceSet(maxSegments: 10);
        for (var page = 0; page < 10; page++)
            set.Add((page * 1_000_000) + 5);

        Assert.Equal(SequenceAddition.Refused, set.Add(500_000));
        Assert.Equal(0, set.AddRange(600_000, 700_000));
        Assert.Equal(SequenceAddition.Added, set.Add(6));

        Assert.Equal(1 + 100_001, set.Refused);
        Assert.Equal(10, set.Segments);
        Assert.Equal(11, set.Count);
    }

    private static int Present(SortedSet<long> model, long first, long last)
    {
        var before = model.Count;
        for (var number = first; number <= last; number++)
            model.Add(number);
        return (int)(last - first + 1) - (model.Count - before);
    }

    private static SequenceSet SetOf(IEnumerable<(long First, long Last)> ranges)
    {
        var set = new SequenceSet();
        foreach (var (first, last) in ranges)
            set.AddRange(first, last);
        return set;
    }

    private static HashSet<long> Model(IEnumerable<(long First, long Last)> ranges) =>
        [.. ranges.SelectMany(range => Numbers(new SequenceRange(range.First, range.Last)))];

    private static IEnumerable<long> Numbers(SequenceRange range)
    {
        for (var number = range.First; number <= range.Last; number++)
            yield return number;
    }
}

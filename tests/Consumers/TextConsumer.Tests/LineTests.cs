using System.Text;
using EventSourcing.TextProducer.Lines;
using EventSourcing.TextProducer.Sending;

namespace EventSourcing.TextConsumer.Tests;

public class LineTests
{
    [Fact]
    public void FixedLines_AreThoseOfTheOriginal() =>
        Assert.Equal([22, 31, 29], FixedLines.All.Select(Encoding.UTF8.GetByteCount));

    [Fact]
    public void Generator_RepeatsTheFixedLines_AndIsTheSameForTheSameSeed()
    {
        var (one, same, other) = (Take(1), Take(1), Take(2));

        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
        Assert.Equal(FixedLines.All, one.Take(3));
        Assert.Equal(FixedLines.All, one.Skip(10).Take(3));
    }

    [Fact]
    public void Generator_WritesInSeveralScripts()
    {
        var text = string.Concat(Take(1));

        foreach (var letter in "aнπضप水ポ🌙".EnumerateRunes())
            Assert.Contains(letter.ToString(), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_HasTheLineAsItsValue_NoKey_AndTheAttributesAsHeaders()
    {
        var messages = new LineMessages(TimeProvider.System);

        var message = messages.Create("žluťoučký kůň", 7);

        Assert.Null(message.Key);
        Assert.Equal("žluťoučký kůň", message.Value);
        Assert.Equal("000000000007", Header("ce_sequence"));
        Assert.Equal(messages.Source, Header("ce_source"));
        Assert.Equal(LineMessages.EventType, Header("ce_type"));
        Assert.Equal("text/plain; charset=utf-8", Header("content-type"));

        string Header(string name) => Encoding.UTF8.GetString(message.Headers.GetLastBytes(name));
    }

    [Fact]
    public void Source_OfEachRun_IsItsOwn() =>
        Assert.NotEqual(new LineMessages(TimeProvider.System).Source, new LineMessages(TimeProvider.System).Source);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("DEFAULT")]
    public void Group_UnsetOrDefault_IsANewOne(string? value)
    {
        var group = ConsumerGroup.From(value);

        Assert.True(group.IsTemporary);
        Assert.True(Guid.TryParse(group.Id, out _));
        Assert.NotEqual(group.Id, ConsumerGroup.From(value).Id);
    }

    [Fact]
    public void Group_ThatIsNamed_IsThatOne() => Assert.Equal(new ConsumerGroup("g", IsTemporary: false), ConsumerGroup.From("g"));

    private static List<string> Take(int seed)
    {
        var generator = new LineGenerator(seed);
        return [.. Enumerable.Range(0, 500).Select(_ => generator.Next())];
    }
}

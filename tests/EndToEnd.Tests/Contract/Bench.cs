using System.Text.Json;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>What an independent client sees of a kind's events.</summary>
internal sealed class Bench(ContractTopology topology, ProducerKind kind, CancellationToken stop)
{
    /// <summary>Records of the key's samples, each partition in offset order.</summary>
    public async Task<IReadOnlyList<(int Number, KcatRecord Record)>> ReadAsync(string key) =>
        [.. from record in await Kcat.ConsumeAllAsync(await topology.KafkaAsync(stop), kind.Topic, stop: stop)
            let number = kind.NumberOf(key, record)
            where number is not null
            select (number.Value, record)];

    /// <summary>Waits until samples 1 to <paramref name="count"/> are there.</summary>
    public Task<IReadOnlyList<(int Number, KcatRecord Record)>> ArrivedAsync(string key, int count) =>
        Eventually.ValueAsync(_ => ReadAsync(key), seen => seen.Select(each => each.Number).Distinct().Count() >= count, $"{count} events of {key} are on {kind.Topic}", stop: stop);

    /// <summary>Waits until every one of these samples is there.</summary>
    public async Task AllArrivedAsync(IReadOnlyCollection<Sample> samples)
    {
        var kafka = await topology.KafkaAsync(stop);
        await Eventually.ValueAsync(
            _ => Kcat.ConsumeAllAsync(kafka, kind.Topic, stop: stop),
            records => samples.All(sample => records.Any(record => kind.NumberOf(sample.Key, record) == sample.Number)), $"{samples.Count} events are on {kind.Topic}", stop: stop);
    }

    /// <summary>Waits for the dead letter that the sample became.</summary>
    public async Task<KcatRecord> BuriedAsync(Sample sample)
    {
        var kafka = await topology.KafkaAsync(stop);
        var letters = await Eventually.ValueAsync(
            _ => Kcat.ConsumeAllAsync(kafka, "dead-letters", stop: stop), seen => seen.Any(letter => IsOf(sample, letter)), $"the dead letter of {sample.Token}", stop: stop);
        return letters.First(letter => IsOf(sample, letter));
    }

    public async Task<Answer> SendAsync(Sample sample) => await kind.SendAsync(sample, stop);

    public async Task AcceptedAsync(Sample sample)
    {
        var answer = await SendAsync(sample);
        Assert.True(answer.Kind == AnswerKind.Accepted, $"{sample.Token}: {answer.Kind} {answer.Reason}");
    }

    public static JsonElement Data(KcatRecord record)
    {
        using var document = JsonDocument.Parse(record.Value!);
        return document.RootElement.Clone();
    }

    // Those that were not readable keep at least their origin.
    private static bool IsOf(Sample sample, KcatRecord letter) =>
        Sample.Find(sample.Key, letter.Value) == sample.Number || letter.Headers.Any(header => header.Value?.Contains(sample.Key, StringComparison.Ordinal) == true);
}

using Confluent.Kafka;
using EventSourcing.Receipts;
using EventSourcing.Storefront.Events;
using EventSourcing.Storefront.Kafka;

namespace EventSourcing.Storefront.Shop;

/// <summary>What only the shop's server knows, told straight to the topic: things put into a cart, and checkouts. No page waits for it.</summary>
internal sealed class ShopEvents(DirectProducer producer, RunId run, ReceiptBook book, TimeProvider clock, ILogger<ShopEvents> logger)
{
    private const int MaxIdLength = 64;
    private readonly EventFactory _events = new(run.Source("server"), clock);

    /// <summary>Tells it when the visitor has consented: only then the form holds ids.</summary>
    public void Tell(HttpRequest request, IFormCollection form, string name, IReadOnlyDictionary<string, string> data)
    {
        if (Id(form, "visitor") is not { } visitor || Id(form, "session") is not { } session)
            return;
        var url = $"{request.Scheme}://{request.Host}{request.Path}";
        var numbered = _events.Create(visitor, new CustomEvent(session, url, name, data));
        try
        {
            producer.Produce(numbered, report => Note(numbered.Number, report.Error, report.Status));
        }
        catch (ProduceException<byte[], byte[]> failure)
        {
            Note(numbered.Number, failure.Error, PersistenceStatus.NotPersisted);
        }
    }

    private static string? Id(IFormCollection form, string field) => form[field].ToString() is { Length: > 0 and <= MaxIdLength } id ? id : null;

    private void Note(long number, Error error, PersistenceStatus status)
    {
        if (!error.IsError)
        {
            book.Stored(_events.Source, EventFactory.Topic, number);
            return;
        }

        Log.ShopEventNotStored(logger, number, error.Reason);
        if (status == PersistenceStatus.NotPersisted)
            book.Rejected(_events.Source, EventFactory.Topic, number);
        else
            book.Unanswered(_events.Source, EventFactory.Topic, number);
    }
}

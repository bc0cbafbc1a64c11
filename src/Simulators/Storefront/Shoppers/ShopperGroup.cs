using EventSourcing.Receipts;
using EventSourcing.Simulation;
using EventSourcing.Storefront.Events;
using EventSourcing.Storefront.Options;
using EventSourcing.Storefront.Telemetry;

namespace EventSourcing.Storefront.Shoppers;

/// <summary>
/// Visitors that share one path and one source. One request is in flight at a time, each visitor is in it at most once, and the next
/// follows when every event is settled: so the order per visitor holds even when an event is refused and sent again.
/// </summary>
internal sealed class ShopperGroup
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private readonly EventFactory _events;
    private readonly IEventSender _sender;
    private readonly AnswerNotes _notes;
    private readonly ShoppersOptions _options;
    private readonly StorefrontTelemetry _telemetry;
    private readonly TimeProvider _clock;
    private readonly Shopper[] _shoppers;
    private int _next;

    public ShopperGroup(
        string path, EventFactory events, IEventSender sender, ReceiptBook book, ShoppersOptions options, string shop,
        StorefrontTelemetry telemetry, TimeProvider clock, ILogger logger)
    {
        (_events, _sender, _options, _telemetry, _clock) = (events, sender, options, telemetry, clock);
        _notes = new AnswerNotes(path, book.For(events.Source, EventFactory.Topic), telemetry, logger);
        var chance = new Random(options.Seed);
        _shoppers = [.. Enumerable.Range(1, options.Visitors)
            .Select(number => new Shopper($"{events.Source.Trim('/').Replace('/', '-')}-{number:D4}", events, chance, shop))];
    }

    /// <summary>Walks until the count is done or <paramref name="stop"/>; then waits for what is in flight until <paramref name="drain"/>.</summary>
    public async Task RunAsync(double ratePerSecond, CancellationToken stop, CancellationToken drain)
    {
        var pace = new Pace(ratePerSecond, _clock);
        using var timer = new PeriodicTimer(Tick, _clock);
        try
        {
            while (Remaining > 0 && await timer.WaitForNextTickAsync(stop))
            {
                var due = pace.TakeDue((int)Math.Min(_shoppers.Length, Remaining));
                if (due > 0)
                    await DeliverAsync(NextSteps(due), stop, drain);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped between two requests: nothing is in flight.
        }
    }

    private long Remaining => _options.EventsPerGroup == 0 ? long.MaxValue : _options.EventsPerGroup - _events.Sequence;

    private List<NumberedEvent> NextSteps(int count)
    {
        var steps = new List<NumberedEvent>(count);
        for (var i = 0; i < count; i++, _next = (_next + 1) % _shoppers.Length)
            steps.Add(_shoppers[_next].Step());
        return steps;
    }

    private async Task DeliverAsync(List<NumberedEvent> events, CancellationToken stop, CancellationToken drain)
    {
        while (events.Count > 0)
        {
            var answers = await SendAsync(events, drain);
            var again = new List<NumberedEvent>();
            var delay = TimeSpan.Zero;
            for (var i = 0; i < answers.Length; i++)
            {
                _notes.Note(events[i], answers[i]);
                if (!answers[i].IsLater)
                    continue;
                again.Add(events[i]);
                delay = delay > answers[i].RetryAfter ? delay : answers[i].RetryAfter;
            }

            if (again.Count > 0 && !await WaitAsync(delay, stop))
            {
                _notes.GiveUp(again);
                return;
            }

            events = again;
        }
    }

    private async Task<SendAnswer[]> SendAsync(List<NumberedEvent> events, CancellationToken drain)
    {
        using var span = _telemetry.StartSend(events, _options.TraceEvery);
        using var timeout = new CancellationTokenSource(_options.AnswerTimeout, _clock);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, drain);
        return await _sender.SendAsync(events, wait.Token);
    }

    private async Task<bool> WaitAsync(TimeSpan delay, CancellationToken stop)
    {
        try
        {
            await Task.Delay(delay * (1 + Random.Shared.NextDouble() / 4), _clock, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

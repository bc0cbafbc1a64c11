using System.Globalization;
using System.Text;
using EventSourcing.MobileClient;
using EventSourcing.Phones.Options;
using EventSourcing.Phones.Recording;
using EventSourcing.Phones.Telemetry;
using EventSourcing.Receipts;

namespace EventSourcing.Phones.Sending;

/// <summary>One phone: it records offline, comes online, sends what it has, and notes what it was told.</summary>
internal sealed class Phone : IAsyncDisposable
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly string _installation;
    private readonly OfflineWeek _week;
    private readonly MobileEventClient _client;
    private readonly SourceReceipts _receipts;
    private readonly PhonesTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly HashSet<long> _corrupt = [];
    private readonly List<int> _corruptInGroup = [];
    private readonly DateTimeOffset _weekStart;

    public Phone(
        int number, string folder, string prefix, PhonesOptions options, HttpClient http, ReceiptBook book, PhonesTelemetry telemetry, TimeProvider time, ILogger logger)
    {
        _installation = $"phone-{number.ToString("D5", CultureInfo.InvariantCulture)}";
        _week = new OfflineWeek(options.Seed, number, options.EventsPerWeek, options.CorruptPercent);
        (_telemetry, _logger, _weekStart) = (telemetry, logger, time.GetUtcNow() - Week);
        _client = new MobileEventClient(
            new MobileClientOptions
            {
                QueuePath = Path.Combine(folder, $"{_installation}.queue"),
                InstallationId = _installation,
                SourcePrefix = prefix,
                FirstDelay = TimeSpan.FromMilliseconds(200),
                LongestDelay = TimeSpan.FromSeconds(5),
                RequestTimeout = TimeSpan.FromSeconds(20),
            },
            http, new TokenIssuer(options, _installation, time), Note, time);
        _receipts = book.For(_client.Source, options.Topic);
    }

    /// <summary>Records events as if offline; they are on disk when this returns.</summary>
    public void Record(int count)
    {
        var group = new List<MobileEvent>(count);
        for (var i = 0; i < count; i++)
        {
            var recorded = _week.Next();
            if (recorded.Corruption is Corruption.NoEnvelope or Corruption.ForeignSubject)
            {
                Add(group);
                AddRaw(recorded);
            }
            else
            {
                Remember(recorded, group.Count);
                group.Add(new MobileEvent(recorded.Type, Encoding.UTF8.GetBytes(recorded.Data), _weekStart + recorded.Offset, _telemetry.StartTrace()));
            }
        }

        Add(group);
    }

    /// <summary>Comes online; completes when every event has its answer.</summary>
    public async Task SendAsync(CancellationToken stop)
    {
        using var untraced = PhonesTelemetry.StartUntraced();
        await _client.FlushAsync(stop);
    }

    /// <summary>Notes what has no answer and closes the queue.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var number in _client.GetUnanswered())
            _receipts.Unanswered(number);
        await _client.DisposeAsync();
    }

    private void Remember(RecordedEvent recorded, int index)
    {
        if (recorded.Corruption != Corruption.None)
            _corruptInGroup.Add(index);
    }

    private void Add(List<MobileEvent> group)
    {
        if (group.Count == 0)
            return;
        if (!_client.TryAdd(group, out var first))
            throw new InvalidOperationException("The queue is full, although it was empty: Phones:MaxBacklog is larger than the queue.");
        lock (_corrupt)
            _corrupt.UnionWith(_corruptInGroup.Select(index => first + index));
        _corruptInGroup.Clear();
        group.Clear();
    }

    private void AddRaw(RecordedEvent recorded)
    {
        var id = Guid.NewGuid();
        var type = recorded.Corruption == Corruption.NoEnvelope ? "" : $"\"type\":\"{recorded.Type}\",\"subject\":\"somebody-else\",";
        var json = $$"""{"specversion":"1.0","id":"{{id}}","source":"{{_client.Source}}",{{type}}"datacontenttype":"application/json","data":{{recorded.Data}}}""";
        _client.TryAddRaw(Encoding.UTF8.GetBytes(json), out var number);
        lock (_corrupt)
            _corrupt.Add(number);
    }

    private void Note(EventAnswer answer)
    {
        bool isCorrupt;
        lock (_corrupt)
            isCorrupt = _corrupt.Remove(answer.Number);
        if (isCorrupt != (answer.Kind == AnswerKind.Refused))
            Log.Unexpected(_logger, _installation, answer.Number, isCorrupt ? "refused" : "taken", answer.Kind.ToString(), answer.Type, answer.Detail);
        _telemetry.Answered(answer.Kind);
        switch (answer.Kind)
        {
            case AnswerKind.Stored: _receipts.Stored(answer.Number); break;
            case AnswerKind.Spooled: _receipts.Spooled(answer.Number); break;
            case AnswerKind.Queued: _receipts.Queued(answer.Number); break;
            default: _receipts.Rejected(answer.Number); break;
        }
    }
}

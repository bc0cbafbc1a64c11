namespace EventSourcing.Phones.Recording;

/// <summary>What happened on one phone during a week without network, made from a seed: the same seed and phone give the same week, week after week.</summary>
internal sealed class OfflineWeek(int seed, int phone, int eventsPerWeek, double corruptPercent)
{
    private const string ScreenView = "io.eventsourcing.mobile.screen-view.v1";
    private const string UserAction = "io.eventsourcing.mobile.action.v1";
    private const int EventsPerSession = 12;
    private const int CorruptionKinds = 5;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly string[] Screens = ["home", "search", "product", "cart", "checkout", "orders", "settings"];
    private static readonly string[] Actions = ["cart.item-added", "cart.item-removed", "search.submitted", "product.shared", "push.opened"];

    private readonly Random _chance = new(unchecked((seed * 397) ^ phone));
    private string _screen = "home";
    private int _number;

    /// <summary>The next event.</summary>
    public RecordedEvent Next()
    {
        var offset = Week * ((_number % eventsPerWeek + _chance.NextDouble()) / eventsPerWeek);
        var session = $"s-{_number / EventsPerSession}";
        _number++;
        var corruption = _chance.NextDouble() * 100 < corruptPercent ? (Corruption)_chance.Next(1, CorruptionKinds + 1) : Corruption.None;
        return corruption == Corruption.UnknownType
            ? new RecordedEvent("io.eventsourcing.mobile.unheard-of.v1", View(session), offset, corruption)
            : _chance.Next(3) == 0
                ? new RecordedEvent(UserAction, Spoil(Act(session), corruption), offset, corruption)
                : new RecordedEvent(ScreenView, Spoil(View(session), corruption), offset, corruption);
    }

    private string View(string session)
    {
        var previous = _screen;
        _screen = Screens[_chance.Next(Screens.Length)];
        return $$"""{"sessionId":"{{session}}","screen":"{{_screen}}","previous":"{{previous}}"}""";
    }

    private string Act(string session) =>
        $$$"""{"sessionId":"{{{session}}}","screen":"{{{_screen}}}","name":"{{{Actions[_chance.Next(Actions.Length)]}}}","attributes":{"sku":"A-{{{_chance.Next(1_000, 9_999)}}}"}}""";

    private static string Spoil(string data, Corruption corruption) => corruption switch
    {
        Corruption.WrongData => data.Replace("\"screen\":\"", "\"screen\":7,\"was\":\"", StringComparison.Ordinal),
        Corruption.UnknownMember => data.Replace("{\"sessionId\"", "{\"garbage\":[null],\"sessionId\"", StringComparison.Ordinal),
        _ => data,
    };
}

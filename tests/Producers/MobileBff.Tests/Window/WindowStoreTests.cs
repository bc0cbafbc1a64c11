using EventSourcing.EventBackbone;
using EventSourcing.MobileBff.Window;
using EventSourcing.TestKit;
using Microsoft.Data.Sqlite;

namespace EventSourcing.MobileBff.Tests.Window;

public sealed class WindowStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new("window");
    private WindowStore _store;

    public WindowStoreTests() => _store = Open();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Receipt_Noted_IsKnown_AfterAReopen()
    {
        In(() => Assert.Equal(Sighting.First, _store.See(Key(1), Now)));
        In(() => _store.Note(new Outcome(Key(1), Receipt.Stored("mobile-events", 3, 42), false)));
        Reopen();

        In(() => Assert.Equal(new Sighting(Receipt.Stored("mobile-events", 3, 42), false), _store.See(Key(1), Now)));
        Assert.Equal(1, _store.Count);
    }

    [Fact]
    public void Event_BegunAndNeverNoted_IsUncertain_AfterAReopen_UntilItIsStored()
    {
        In(() => _store.See(Key(1), Now));
        Reopen();
        In(() => Assert.True(_store.See(Key(1), Now).IsUncertain));
        In(() => _store.Note(new Outcome(Key(1), Rejected(Rejection.Unavailable("away", TimeSpan.FromSeconds(1))), WasUncertain: true)));

        In(() => Assert.True(_store.See(Key(1), Now).IsUncertain));           // that attempt failed for sure; the earlier one may not have
        In(() => _store.Note(new Outcome(Key(1), Receipt.Stored("mobile-events", 0, 1), true)));
        In(() => Assert.NotNull(_store.See(Key(1), Now).Receipt));
    }

    [Fact]
    public void Event_RefusedForSure_IsForgotten_OneOfUnknownOutcomeIsNot()
    {
        In(() => (_store.See(Key(1), Now), _store.See(Key(2), Now)));
        In(() => _store.Note(new Outcome(Key(1), Rejected(Rejection.Unavailable("away", TimeSpan.FromSeconds(1))), false)));
        In(() => _store.Note(new Outcome(Key(2), Rejected(new(RejectionKind.Unavailable, Rejection.OutcomeUnknownType, "?")), false)));

        In(() => Assert.Equal(Sighting.First, _store.See(Key(1), Now)));
        In(() => Assert.True(_store.See(Key(2), Now).IsUncertain));
    }

    [Fact]
    public void Window_IsBoundedByCountAndAge_TheOldestGoFirst()
    {
        In(() =>
        {
            for (var i = 1; i <= 100; i++)
                _store.See(Key(i), Now.AddMinutes(i));
        });

        In(() => _store.Prune(maxEvents: 60, Now.AddMinutes(51)));

        Assert.Equal(50, _store.Count);
        In(() => Assert.Equal((Sighting.First, true), (_store.See(Key(50), Now), _store.See(Key(51), Now).IsUncertain)));
    }

    [Fact]
    public void Transaction_RolledBack_LeavesNoTrace()
    {
        _store.Begin();
        _store.See(Key(1), Now);
        _store.Rollback();

        Assert.Equal(0, _store.Count);
        In(() => Assert.Equal(Sighting.First, _store.See(Key(1), Now)));
    }

    [Fact]
    public void File_InUse_IsNotOpenedTwice() => Assert.Throws<SqliteException>(() => Open().Dispose());

    private static EventKey Key(int number) => EventKey.Of("i", "/s", $"{number}");

    private static Receipt Rejected(Rejection rejection) => Receipt.Rejected("mobile-events", rejection);

    private WindowStore Open() => new(_folder.File("w.window"), "mobile-events");

    private void Reopen()
    {
        _store.Dispose();
        _store = Open();
    }

    private void In<T>(Func<T> act) => In(() => { act(); });

    private void In(Action act)
    {
        _store.Begin();
        act();
        _store.Commit();
    }
}

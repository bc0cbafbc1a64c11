using EventSourcing.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.MobileClient.Tests;

public sealed class QueueTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Rig _rig;

    public QueueTests() => _rig = new Rig(_time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Queue_AfterAKill_HasEverythingThatWasAdded_AndCountsOn()
    {
        var killed = _rig.Client();
        killed.TryAdd(Rig.Events(7), out _);
        foreach (var file in Directory.GetFiles(_rig.Folder.Path, "q.queue*"))
            File.Copy(file, file.Replace("q.queue", "copy.queue", StringComparison.Ordinal));   // the disk as a kill at this moment leaves it

        var next = _rig.Client(file: "copy.queue");
        next.TryAdd(Rig.Event(), out var number);
        await next.FlushAsync(Stop);

        Assert.Equal((killed.Source, 8), (next.Source, number));
        Assert.Equal(Enumerable.Range(1, 8).Select(n => $"{n}"), _rig.Service.Bodies.SelectMany(ScriptedService.IdsOf));
    }

    [Fact]
    public async Task Numbers_AreNeverUsedTwice_EvenWhenTheQueueIsEmptied()
    {
        await using (var client = _rig.Client())
        {
            client.TryAdd(Rig.Events(3), out _);
            await client.FlushAsync(Stop);
        }

        _rig.Client().TryAdd(Rig.Event(), out var number);

        Assert.Equal(4, number);
    }

    [Fact]
    public void FullQueue_TakesNoMore_AndDropsNothing()
    {
        var client = _rig.Client(options => options with { MaxQueuedEvents = 5 });

        Assert.True(client.TryAdd(Rig.Events(4), out _));
        Assert.False(client.TryAdd(Rig.Events(2), out _));
        Assert.True(client.TryAdd(Rig.Event(), out var number));
        Assert.Equal((5, 5), (number, client.Waiting));
    }

    [Fact]
    public void DataThatAreNoJson_AreTheAppsMistake_AndAddNothing()
    {
        var client = _rig.Client();

        Assert.Throws<ArgumentException>(() => client.TryAdd([Rig.Event(), Rig.Event("{oops")], out _));
        Assert.True(client.TryAdd(Rig.Event(), out var number));
        Assert.Equal((1, 1), (number, client.Waiting));
    }

    [Fact]
    public void File_InUse_IsNotOpenedTwice()
    {
        _rig.Client();

        Assert.Throws<SqliteException>(() => _rig.Client());
    }

    [Fact]
    public async Task Start_SendsWhatIsLeft_ThenByCount_ThenByInterval()
    {
        await using (var earlier = _rig.Client())
            earlier.TryAdd(Rig.Events(2), out _);
        var client = _rig.Client(options => options with { FlushCount = 3, FlushInterval = TimeSpan.FromMinutes(1) });

        client.Start();
        await Answered(2);
        client.TryAdd(Rig.Events(2), out _);
        client.TryAdd(Rig.Event(), out _);
        await Answered(5);
        client.TryAdd(Rig.Event(), out _);
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(20));
                return _rig.Answers.Count == 6;
            },
            "the interval sends the last one", stop: Stop);

        Assert.Equal(0, client.Waiting);
    }

    [Fact]
    public async Task RetryAfter_IsWaitedFor()
    {
        var client = _rig.Client();
        client.TryAdd(Rig.Event(), out _);
        _rig.Service.Answer = (index, _) => index == 0 ? ScriptedService.Refuse(System.Net.HttpStatusCode.ServiceUnavailable, retryAfter: 100) : ScriptedService.Verdicts(1);
        var start = _time.GetUtcNow();

        var flushing = client.FlushAsync(Stop);
        await Eventually.TrueAsync(
            () =>
            {
                if (_rig.Service.Bodies.Count == 1)
                    _time.Advance(TimeSpan.FromSeconds(1));
                return flushing.IsCompleted;
            },
            "the batch is sent again", stop: Stop);

        Assert.InRange((_time.GetUtcNow() - start).TotalSeconds, 100, 200);
        Assert.Single(_rig.Answers);
    }

    [Fact]
    public async Task Dispose_WhileNothingIsTaken_LeavesTheEventsInTheQueue()
    {
        _rig.Service.Answer = static (_, _) => ScriptedService.Refuse(System.Net.HttpStatusCode.ServiceUnavailable);
        var client = _rig.Client();
        client.TryAdd(Rig.Events(3), out _);
        client.Start();
        await Eventually.TrueAsync(() => _rig.Service.Bodies.Count > 0, "a batch was sent", stop: Stop);

        Assert.Equal([1L, 2, 3], client.GetUnanswered());
        await client.DisposeAsync();

        Assert.Equal(3, _rig.Client().Waiting);
    }

    private Task Answered(int count) => Eventually.TrueAsync(() => _rig.Answers.Count == count, $"{count} answers", stop: Stop);
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace EventSourcing.MobileClient.Tests;

public sealed class SendingTests : IAsyncDisposable
{
    private readonly Rig _rig = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Events_AreSentInOrder_AsCloudEvents_AndAnswered()
    {
        var client = _rig.Client(options => options with { MaxBatchEvents = 4 });
        Assert.True(client.TryAdd(Rig.Events(10), out var first));

        await client.FlushAsync(Stop);

        Assert.Equal((1, 0), (first, client.Waiting));
        Assert.Equal(["1,2,3,4", "5,6,7,8", "9,10"], _rig.Service.Bodies.Select(body => string.Join(',', ScriptedService.IdsOf(body))));
        Assert.Equal(Enumerable.Range(1, 10).Select(number => new EventAnswer(number, AnswerKind.Stored, "t", 1, 7)), _rig.Answers);
        var member = JsonNode.Parse(_rig.Service.Bodies[0])![0]!;
        Assert.Equal((client.Source, "000000000001", "i-1"), ((string?)member["source"], (string?)member["sequence"], (string?)member["subject"]));
        Assert.Equal("{\"n\":1}", member["data"]!.ToJsonString());
        Assert.Equal("Bearer the-token", _rig.Service.Last!.Headers.Authorization!.ToString());
        Assert.True(DateTimeOffset.TryParse(_rig.Service.Last.Headers.GetValues("Sent-Time").Single(), out _));
    }

    [Fact]
    public async Task PoisonEvent_IsToldToTheApp_AndHoldsUpNobody()
    {
        var client = _rig.Client();
        client.TryAdd(Rig.Events(3), out _);
        _rig.Service.Answer = (_, _) => ScriptedService.Json(
            """[{"status":"stored"},{"id":"2","status":"rejected","type":"urn:x","detail":"bad"},{"status":"spooled"}]""");

        await client.FlushAsync(Stop);

        Assert.Equal([AnswerKind.Stored, AnswerKind.Refused, AnswerKind.Spooled], _rig.Answers.Select(answer => answer.Kind));
        Assert.Equal(("urn:x", "bad"), (_rig.Answers.ElementAt(1).Type, _rig.Answers.ElementAt(1).Detail));
        Assert.Equal(0, client.Waiting);
    }

    [Fact]
    public async Task EventRefusedForNow_StaysFirst_AndIsSentAgain()
    {
        var client = _rig.Client();
        client.TryAdd(Rig.Events(3), out _);
        _rig.Service.Answer = (index, body) => index == 0
            ? ScriptedService.Json("""[{"status":"stored"},{"status":"rejected","type":"urn:x","retryAfter":0},{"status":"rejected","type":"urn:x","retryAfter":0}]""")
            : ScriptedService.Verdicts(ScriptedService.IdsOf(body).Length);

        await client.FlushAsync(Stop);

        Assert.Equal(["1,2,3", "2,3"], _rig.Service.Bodies.Select(body => string.Join(',', ScriptedService.IdsOf(body))));
        Assert.All(_rig.Answers, answer => Assert.Equal(AnswerKind.Stored, answer.Kind));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task Refusal_ThatIsNotTheEventsFault_DropsNothing(HttpStatusCode status)
    {
        var client = _rig.Client();
        client.TryAdd(Rig.Events(5), out _);
        _rig.Service.Answer = (index, _) => index < 4 ? ScriptedService.Refuse(status) : ScriptedService.Verdicts(5);

        await client.FlushAsync(Stop);

        Assert.Equal((5, 5), (_rig.Service.Bodies.Count, _rig.Answers.Count));
        Assert.All(_rig.Service.Bodies, body => Assert.Equal(_rig.Service.Bodies[0], body));
    }

    [Fact]
    public async Task BrokenConnections_AndWrongAnswers_AreTriedAgain()
    {
        var client = _rig.Client();
        client.TryAdd(Rig.Events(2), out _);
        _rig.Service.Answer = (index, _) => index switch
        {
            0 => throw new HttpRequestException("cut"),
            1 => throw new IOException("cut"),
            2 => ScriptedService.Json("<html>"),
            3 => ScriptedService.Verdicts(7),
            _ => ScriptedService.Verdicts(2),
        };

        await client.FlushAsync(Stop);

        Assert.Equal((5, 2), (_rig.Service.Bodies.Count, _rig.Answers.Count));
    }

    [Fact]
    public async Task Token_Refused_IsAskedForAgain()
    {
        var client = _rig.Client();
        client.TryAdd(Rig.Event(), out _);
        _rig.Service.Answer = (index, _) => index == 0 ? ScriptedService.Refuse(HttpStatusCode.Unauthorized) : ScriptedService.Verdicts(1);

        await client.FlushAsync(Stop);

        Assert.Equal([false, true], _rig.Service.TokenRequests);
    }

    [Fact]
    public async Task EventThatSpoilsItsBatch_IsFound_AndTheOthersAreStored()
    {
        var client = _rig.Client();
        client.TryAdd(Rig.Events(20), out _);
        client.TryAddRaw(Encoding.UTF8.GetBytes("{broken"), out var bad);
        client.TryAdd(Rig.Events(20), out _);
        _rig.Service.Answer = (_, body) => body.Contains("{broken", StringComparison.Ordinal)
            ? ScriptedService.Refuse(HttpStatusCode.BadRequest)
            : ScriptedService.Verdicts(ScriptedService.IdsOf(body).Length);

        await client.FlushAsync(Stop);

        Assert.Equal(41, _rig.Answers.Count);
        Assert.Equal([bad], _rig.Answers.Where(answer => answer.Kind == AnswerKind.Refused).Select(answer => answer.Number));
        Assert.InRange(_rig.Service.Bodies.Count, 3, 20);
    }

    [Fact]
    public async Task Event_WhoseCallbackThrows_Stays()
    {
        var client = _rig.Client();
        client.TryAdd(Rig.Events(2), out _);
        var failures = 2;
        _rig.App = answer =>
        {
            if (answer.Number == 1 && failures-- > 0)
                throw new InvalidOperationException("the app");
        };

        await client.FlushAsync(Stop);

        Assert.Equal([2, 1], _rig.Answers.Select(answer => answer.Number));
    }

    [Fact]
    public async Task Batch_IsBoundedByBytes_AndALargeEventGoesAlone()
    {
        var client = _rig.Client(options => options with { MaxBatchBytes = 1_024 });
        client.TryAdd([Rig.Event(), Rig.Event($"\"{new string('x', 3_000)}\""), Rig.Event(), Rig.Event()], out _);

        await client.FlushAsync(Stop);

        Assert.Equal(["1", "2", "3,4"], _rig.Service.Bodies.Select(body => string.Join(',', ScriptedService.IdsOf(body))));
    }
}

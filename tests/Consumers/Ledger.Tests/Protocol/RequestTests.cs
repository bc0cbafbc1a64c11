using System.Net;
using System.Text.Json;
using EventSourcing.Receipts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventSourcing.Ledger.Tests.Protocol;

/// <summary>The HTTP surface; no broker is there, and nothing of it needs one.</summary>
public sealed class RequestTests(LedgerWithoutBroker shared) : IClassFixture<LedgerWithoutBroker>
{
    private const string NoBroker = LedgerWithoutBroker.BootstrapServers;
    private const string Valid = """{"startedAt":"2026-01-01T00:00:00Z","number":1,"final":false,"sources":[]}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("r", "{", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("r", "null", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("r", """{"startedAt":"2026-01-01T00:00:00Z","number":1,"final":false,"sources":[],"x":1}""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("r", """{"startedAt":"2026-01-01T00:00:00Z","number":0,"final":false,"sources":[]}""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("r", """{"startedAt":"2026-01-01T00:00:00Z","number":1,"final":false,"sources":[null]}""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("r", """{"startedAt":"2026-01-01T00:00:00Z","number":1,"final":false,"sources":[{"source":"","topic":"t"}]}""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("r", """{"startedAt":"2026-01-01T00:00:00Z","number":1,"final":false,"sources":[{"source":"/s","topic":"t","stored":"0"}]}""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("r", """{"startedAt":"2026-01-01T00:00:00Z","number":1,"final":false,"sources":[{"source":"/s","topic":"t"},{"source":"/s","topic":"t"}]}""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("a%20b", Valid, "application/json", HttpStatusCode.BadRequest)]
    [InlineData("r", Valid, "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("r", Valid, "application/json", HttpStatusCode.NoContent)]
    public async Task Put_IsAnsweredByWhatItIs(string reporter, string body, string contentType, HttpStatusCode expected)
    {
        using var response = await shared.Ledger.PutAsync(reporter, body, contentType);

        Assert.Equal(expected, response.StatusCode);
        if (expected != HttpStatusCode.NoContent)
            Assert.StartsWith("urn:eventsourcing:", (await ProblemAsync(response)).GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_LargerThanTheLimit_Is413()
    {
        await using var ledger = await LedgerHost.StartAsync(NoBroker, settings: ("Ledger:MaxReportBytes", "2000"));

        using var response = await ledger.PutAsync("r", Valid.Replace("[]", $"[{new string(' ', 3_000)}]", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Put_BeyondTheMemory_Is507()
    {
        await using var ledger = await LedgerHost.StartAsync(NoBroker, settings: ("Ledger:MaxReporters", "1"));
        using var first = await ledger.PutAsync("a", Valid);

        using var second = await ledger.PutAsync("b", Valid);

        Assert.Equal(HttpStatusCode.InsufficientStorage, second.StatusCode);
    }

    [Theory]
    [InlineData("/ledger?settle=soon")]
    [InlineData("/ledger?settle=11m")]
    [InlineData("/ledger?settle=-1s")]
    [InlineData("/ledger?by=colour")]
    [InlineData("/ledger?limit=0")]
    [InlineData("/ledger/line?settle=1h")]
    [InlineData("/tap/good?limit=0")]
    [InlineData("/tap/all?limit=1001")]
    public async Task Get_WithABadParameter_Is400(string path)
    {
        using var response = await shared.Ledger.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty((await ProblemAsync(response)).GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Health_WithoutABroker_IsUnhealthyAndAlive()
    {
        var ledger = shared.Ledger;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ledger.Http.GetAsync(new Uri("/health", UriKind.Relative), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ledger.Http.GetAsync(new Uri("/alive", UriKind.Relative), Stop)).StatusCode);
    }

    [Fact]
    public async Task Ledger_WithoutAConnectionString_DoesNotStartAndSaysWhatToSet()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => LedgerHost.StartAsync("", settings: ("Ledger:MaxKeys", "0")));

        Assert.Contains("ConnectionStrings:kafka", exception.Message, StringComparison.Ordinal);
        Assert.Contains("MaxKeys", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sender_WithReceiptReporting_IsKnownToTheLedger()
    {
        await using var ledger = await LedgerHost.StartAsync(NoBroker);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "pump-simulator" });
        builder.Configuration.AddInMemoryCollection([new("Receipts:Ledger", ledger.Http.BaseAddress!.ToString()), new("Receipts:Interval", "00:00:00.100")]);
        builder.AddReceiptReporting();
        using var sender = builder.Build();
        await sender.StartAsync(Stop);
        sender.Services.GetRequiredService<ReceiptBook>().Stored("/pumps/1", "events", 1);

        var running = await ledger.ReportWhenAsync(report => report.Totals.Accepted == 1, "the receipt is reported");
        await sender.StopAsync(Stop);

        Assert.Equal(("pump-simulator", "reporting"), (running.Reporters[0].Name, running.Reporters[0].State));
        Assert.Equal("final", (await ledger.ReportAsync()).Reporters[0].State);
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Stop));
    }
}

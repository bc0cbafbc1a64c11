using EventSourcing.PostgresCdc.Tests.Support;
using Microsoft.Extensions.Options;

namespace EventSourcing.PostgresCdc.Tests.Positions;

/// <summary>Wrong settings stop the start, all at once.</summary>
public sealed class OptionsTests
{
    [Fact]
    public async Task WrongSettings_StopTheStart_EachWithItsPath()
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = "127.0.0.1:1",
            ["ConnectionStrings:warehouse"] = "Host=127.0.0.1",
            ["Cdc:Slot"] = "Not A Slot",
            ["Cdc:WindowEvents"] = "0",
            ["Cdc:Tables:0:Name"] = "a b.c d.e",
            ["Cdc:Tables:1:Name"] = "part",
            ["Cdc:Tables:1:SourceColumn"] = "terminal",
            ["Cdc:Tables:2:Name"] = "public.part",
            ["Cdc:Tables:2:Capture"] = "Polling",
            ["Cdc:Tables:3:Name"] = "outbox",
            ["Cdc:Tables:3:Outbox"] = "true",
        };

        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => Cdc.StartAsync(settings, TestContext.Current.CancellationToken));

        var text = string.Join('\n', wrong.Failures);
        foreach (var expected in (string[])["Cdc:Slot", "WindowEvents", "ConnectionStrings:warehouse", "Cdc:Tables:0: Name", "SourceColumn and SequenceColumn", "PollColumn", "Cdc:OutboxRoutes", "twice"])
            Assert.Contains(expected, text, StringComparison.Ordinal);
    }
}

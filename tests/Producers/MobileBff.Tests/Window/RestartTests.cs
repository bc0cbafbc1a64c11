using EventSourcing.MobileBff.Tests.Support;
using EventSourcing.MobileBff.Window;
using EventSourcing.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Tests.Window;

/// <summary>The window in the service: over a restart, and when its file belongs to another.</summary>
public sealed class RestartTests(BffFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RepeatedBatch_AfterARestart_GetsTheFirstReceipts_AndIsStoredOnce()
    {
        using var folder = new TempFolder("bff");
        var installation = Sample.NewInstallation();
        string first;
        await using (var service = await BffHost.StartAsync(fixture.BootstrapServers, folder.Path))
            first = (await service.VerdictsAsync(installation, Sample.Batch(installation, 1, 40), Stop)).ToJsonString();

        await using var again = await BffHost.StartAsync(fixture.BootstrapServers, folder.Path);
        var second = await again.VerdictsAsync(installation, Sample.Batch(installation, 1, 40), Stop);

        Assert.Equal(first, second.ToJsonString());
        Assert.Equal(40, (await fixture.ReadAsync(installation)).Count);
    }

    [Fact]
    public async Task EventsBegunBeforeACrash_AreAskedOfTheTopic_AndMarkedWhenItHasThemNot()
    {
        using var folder = new TempFolder("bff");
        var installation = Sample.NewInstallation();
        await using (var service = await BffHost.StartAsync(fixture.BootstrapServers, folder.Path))
            await service.VerdictsAsync(installation, Sample.Batch(installation, 1, 3), Stop);
        File.Delete(folder.File("window/mobile-bff.window"));
        using (var store = WindowFactory.Open(new() { Directory = folder.File("window/x")[..^2] }))
        {
            store.Begin();                                    // as a kill after storing 1 to 3 and before storing 4 leaves it
            for (var number = 1; number <= 4; number++)
                store.See(EventKey.Of(installation, Sample.SourceOf(installation), $"{number}"), DateTimeOffset.UtcNow);
            store.Commit();
        }

        await using var next = await BffHost.StartAsync(fixture.BootstrapServers, folder.Path);
        var verdicts = await next.VerdictsAsync(installation, Sample.Batch(installation, 1, 5), Stop);
        var records = await fixture.ReadAsync(installation);

        Assert.Equal([("1", false), ("2", false), ("3", false), ("4", true), ("5", false)], records.Select(record => (record.Id!, record.IsMarked)));
        Assert.Equal(records.Select(record => record.Offset), verdicts.Select(verdict => verdict!["offset"]!.GetValue<long>()));
    }

    [Fact]
    public async Task EventsBegunBeforeACrash_AreMarked_WhenTheTopicIsNotAsked()
    {
        using var folder = new TempFolder("bff");
        var installation = Sample.NewInstallation();
        using (var store = WindowFactory.Open(new() { Directory = folder.File("window/x")[..^2] }))
        {
            store.Begin();
            store.See(EventKey.Of(installation, Sample.SourceOf(installation), "1"), DateTimeOffset.UtcNow);
            store.Commit();
        }

        await using var service = await BffHost.StartAsync(fixture.BootstrapServers, folder.Path, ("Window:RecoveryTimeout", "00:00:00"));
        await service.VerdictsAsync(installation, Sample.Batch(installation, 1, 2), Stop);

        Assert.Equal([("1", true), ("2", false)], (await fixture.ReadAsync(installation)).Select(record => (record.Id!, record.IsMarked)));
    }

    [Fact]
    public async Task SecondProcess_OnTheSameWindow_DoesNotStart()
    {
        using var folder = new TempFolder("bff");
        await using var service = await BffHost.StartAsync(fixture.BootstrapServers, folder.Path);

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => BffHost.StartAsync(fixture.BootstrapServers, folder.Path));

        Assert.Contains("Window:Directory", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, service.Services.GetRequiredService<ReceiptWindow>().Count);
    }

    [Fact]
    public async Task ServiceWithoutKey_DoesNotStart_AndSaysWhatToSet()
    {
        using var folder = new TempFolder("bff");

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(
            () => BffHost.StartAsync(fixture.BootstrapServers, folder.Path, ($"DeviceTokens:Keys:{Tokens.KeyId}", "short")));

        Assert.Contains("DeviceTokens:Keys:k1", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("short", refused.Message, StringComparison.Ordinal);
    }
}

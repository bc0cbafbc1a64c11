using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Orchestrator;

namespace LocalAspire.Tests.Orchestrator;

public sealed class ProcessInstanceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>DCP's watch may tell of a process that runs before DCP's answer to its creation is read.</summary>
    [Fact]
    public async Task Created_AfterTheWatchSaidItRuns_TakesNothingBack()
    {
        var instance = new ProcessInstance(new ExecutableResource("tool", "true", "."), "tool-abcdefgh");

        instance.Update(Seen("Running"));
        instance.Created(Seen(""));

        Assert.Equal("Running", (await instance.WhenAsync(executable => executable is { IsStarting: false }, Stop))!.State);
    }

    [Fact]
    public void Created_BeforeTheWatchSaidAnything_IsTheState()
    {
        var instance = new ProcessInstance(new ExecutableResource("tool", "true", "."), "tool-abcdefgh");

        instance.Created(Seen(""));

        Assert.True(instance.Current is { IsStarting: true });
    }

    private static DcpExecutable Seen(string state) => new("tool-abcdefgh", "uid-1", state, null, null, null, null);
}

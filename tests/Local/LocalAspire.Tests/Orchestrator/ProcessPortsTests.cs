using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Orchestrator;

namespace LocalAspire.Tests.Orchestrator;

public sealed class ProcessPortsTests
{
    [Fact]
    public void Ports_AThousandInARow_AreDifferent_AndNoneThatTheSystemGivesOut()
    {
        var ports = new ProcessPorts();

        var given = Enumerable.Range(0, 1_000).Select(_ => ports.Next()).ToList();

        Assert.Equal(given.Count, given.Distinct().Count());
        Assert.All(given, port => Assert.InRange(port, 10_000, 31_999));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Port_ThatASocketListensOn_IsTaken(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();

        Assert.True(LoopbackPort.IsTaken(((IPEndPoint)listener.LocalEndpoint).Port));
    }
}

using System.Text;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Tests.Network;

namespace EventSourcing.LocalKafka.Tests.Security;

/// <summary>What a listener with SASL or TLS gives to those it does not know.</summary>
public sealed class SecureListenerTests(SecureBroker secure)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BeforeAuthentication_ApiVersionsIsAnswered_AndAnythingElseEndsTheConnection()
    {
        using var client = await ConnectAsync(SecurityProtocol.SaslPlaintext);

        await client.SendFrameAsync(RawRequests.ApiVersions(0, 7), Stop);
        var versions = await client.ReceiveFrameAsync(Stop);
        await client.SendFrameAsync(RawRequests.Fetch("any", 1, 1), Stop);

        Assert.Equal(7, ReadInt32(versions, 0));
        await Assert.ThrowsAnyAsync<IOException>(() => client.ReceiveFrameAsync(Stop));
    }

    [Fact]
    public async Task Handshake_UnknownMechanism_IsToldThoseThatAreServed()
    {
        using var client = await ConnectAsync(SecurityProtocol.SaslPlaintext);

        await client.SendFrameAsync(RawRequests.SaslHandshake("GSSAPI"), Stop);
        var answer = await client.ReceiveFrameAsync(Stop);

        Assert.Equal((short)ErrorCode.UnsupportedSaslMechanism, ReadInt16(answer, 4));
        Assert.Contains("SCRAM-SHA-512", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<IOException>(() => client.ReceiveFrameAsync(Stop));
    }

    [Fact]
    public async Task Handshake_WithoutSasl_IsIllegalSaslState()
    {
        using var client = await ConnectAsync(SecurityProtocol.Plaintext);

        await client.SendFrameAsync(RawRequests.SaslHandshake("PLAIN"), Stop);

        Assert.Equal((short)ErrorCode.IllegalSaslState, ReadInt16(await client.ReceiveFrameAsync(Stop), 4));
    }

    [Theory]
    [InlineData("PLAIN", "\0alice\0wrong")]
    [InlineData("PLAIN", "bob\0alice\0" + SecureBroker.Password)]
    [InlineData("PLAIN", "nonsense")]
    [InlineData("SCRAM-SHA-256", "nonsense")]
    [InlineData("SCRAM-SHA-256", "p=tls-unique,,n=alice,r=abc")]
    [InlineData("SCRAM-SHA-256", "n,a=bob,n=alice,r=abc")]
    public async Task Authenticate_WhatIsWrong_IsAnsweredAfterTheDelay_AndTheConnectionEnds(string mechanism, string message)
    {
        using var client = await ConnectAsync(SecurityProtocol.SaslPlaintext);
        await client.SendFrameAsync(RawRequests.SaslHandshake(mechanism), Stop);
        Assert.Equal((short)ErrorCode.None, ReadInt16(await client.ReceiveFrameAsync(Stop), 4));

        var started = Environment.TickCount64;                // the clock of timers; a finer one may be ahead of it
        await client.SendFrameAsync(RawRequests.SaslAuthenticate(Encoding.UTF8.GetBytes(message)), Stop);
        var answer = await client.ReceiveFrameAsync(Stop);

        Assert.Equal((short)ErrorCode.SaslAuthenticationFailed, ReadInt16(answer, 4));
        Assert.InRange(Environment.TickCount64 - started, 100, long.MaxValue);
        await Assert.ThrowsAnyAsync<IOException>(() => client.ReceiveFrameAsync(Stop));
    }

    [Fact]
    public async Task Authenticate_WithoutHandshake_EndsTheConnection()
    {
        using var client = await ConnectAsync(SecurityProtocol.SaslPlaintext);

        await client.SendFrameAsync(RawRequests.SaslAuthenticate("\0alice\0wrong"u8.ToArray()), Stop);

        Assert.Equal((short)ErrorCode.IllegalSaslState, ReadInt16(await client.ReceiveFrameAsync(Stop), 4));
        await Assert.ThrowsAnyAsync<IOException>(() => client.ReceiveFrameAsync(Stop));
    }

    [Fact]
    public async Task PlainBytesOnTls_EndTheConnection()
    {
        using var client = await ConnectAsync(SecurityProtocol.SaslSsl);

        await client.SendFrameAsync(RawRequests.ApiVersions(0, 7), Stop);

        await Assert.ThrowsAnyAsync<Exception>(async () => await client.ReceiveFrameAsync(Stop).WaitAsync(TimeSpan.FromSeconds(20), Stop));
    }

    [Fact]
    public async Task Certificate_IsKeptOverRestarts_ItsKeyForItsOwnerOnly_PortsToo()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(SecureBroker.Options(), Stop);
        var (certificate, address) = (await File.ReadAllTextAsync(broker.CertificateFile, Stop), broker.BootstrapServersOf(SecurityProtocol.SaslSsl));

        await broker.RestartAsync(Stop);

        Assert.Equal(certificate, await File.ReadAllTextAsync(broker.CertificateFile, Stop));
        Assert.Equal(address, broker.BootstrapServersOf(SecurityProtocol.SaslSsl));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.ChangeExtension(broker.CertificateFile, ".key")));
    }

    [Fact]
    public async Task OptionsThatCannotWork_AreNamed()
    {
        var wrong = SecureBroker.Options();
        wrong.SecurityProtocol = SecurityProtocol.Ssl;
        wrong.Security.SaslMechanisms = ["GSSAPI"];
        var noUsers = new LocalKafkaOptions { SecurityProtocol = SecurityProtocol.SaslPlaintext };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => LocalKafkaBroker.StartAsync(wrong, Stop));
        var missing = await Assert.ThrowsAsync<InvalidDataException>(() => LocalKafkaBroker.StartAsync(noUsers, Stop));

        Assert.Contains("SecurityProtocol of its own", exception.Message, StringComparison.Ordinal);
        Assert.Contains("SaslMechanisms", exception.Message, StringComparison.Ordinal);
        Assert.Contains("UsersFile", missing.Message, StringComparison.Ordinal);
    }

    private Task<RawClient> ConnectAsync(SecurityProtocol protocol) => RawClient.ConnectAsync(
        int.Parse(secure.Broker.BootstrapServersOf(protocol).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), Stop);

    private static short ReadInt16(byte[] frame, int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt16BigEndian(frame.AsSpan(at));

    private static int ReadInt32(byte[] frame, int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(at));
}

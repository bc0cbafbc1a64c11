using System.Text;
using EventSourcing.MobileBff.Devices;
using EventSourcing.MobileBff.Tests.Support;

namespace EventSourcing.MobileBff.Tests.Devices;

public sealed class DeviceTokenTests
{
    // Made with: printf '%s' 'd1.k1.phone-7.2000000000' | openssl dgst -sha256 -hmac 'a signing key of the tests, long enough' -binary | base64 | tr '+/' '-_' | tr -d '='
    private const string Golden = "d1.k1.phone-7.2000000000.pOo9KrPOdyojbU3zecRxJfj3ERDCGrci_-iqj8ceiZg";

    [Fact]
    public void Token_MadeByOpenssl_IsRead_AndItsSignatureIsRight()
    {
        var token = DeviceToken.Parse(Golden)!;

        Assert.Equal(("k1", "phone-7", DateTimeOffset.FromUnixTimeSeconds(2_000_000_000)), (token.KeyId, token.InstallationId, token.Expires));
        Assert.True(token.IsSignedWith(Encoding.UTF8.GetBytes(Tokens.Key)));
        Assert.False(token.IsSignedWith(Encoding.UTF8.GetBytes(Tokens.Key + " ")));
    }

    [Fact]
    public void Token_ChangedAnywhere_IsNoneOrWronglySigned()
    {
        var key = Encoding.UTF8.GetBytes(Tokens.Key);
        for (var i = 0; i < Golden.Length; i++)
        {
            var changed = string.Concat(Golden.AsSpan(0, i), Golden[i] == 'A' ? "B" : "A", Golden.AsSpan(i + 1));

            Assert.False(DeviceToken.Parse(changed)?.IsSignedWith(key) ?? false, changed);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("d1")]
    [InlineData("d1.k1.phone-7.2000000000")]
    [InlineData("d2.k1.phone-7.2000000000.pOo9KrPOdyojbU3zecRxJfj3ERDCGrci_-iqj8ceiZg")]
    [InlineData("d1..phone-7.2000000000.pOo9KrPOdyojbU3zecRxJfj3ERDCGrci_-iqj8ceiZg")]
    [InlineData("d1.k1.phone 7.2000000000.pOo9KrPOdyojbU3zecRxJfj3ERDCGrci_-iqj8ceiZg")]
    [InlineData("d1.k1.phone-7.-1.pOo9KrPOdyojbU3zecRxJfj3ERDCGrci_-iqj8ceiZg")]
    [InlineData("d1.k1.phone-7.2e9.pOo9KrPOdyojbU3zecRxJfj3ERDCGrci_-iqj8ceiZg")]
    [InlineData("d1.k1.phone-7.2000000000.pOo9KrPOdyojbU3zecRxJfj3ERDCGrci_-iqj8ceiZg=")]
    [InlineData("d1.k1.phone-7.2000000000.pOo9KrPOdyojbU3zecRxJfj3ERDCGrci_-iqj8ceiZg.x")]
    public void Text_OfAnotherForm_IsNoToken(string text) => Assert.Null(DeviceToken.Parse(text));
}

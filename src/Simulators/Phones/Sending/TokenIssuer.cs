using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EventSourcing.MobileClient;
using EventSourcing.Phones.Options;

namespace EventSourcing.Phones.Sending;

/// <summary>Stands in for the registration of devices: signs the tokens of a phone, each for an hour.</summary>
internal sealed class TokenIssuer(PhonesOptions options, string installation, TimeProvider time) : IDeviceTokenSource
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(5);

    private string _token = "";
    private DateTimeOffset _expires = DateTimeOffset.MinValue;

    public ValueTask<string> GetAsync(bool wasRefused, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (wasRefused || _expires - now < Renewal)
            (_token, _expires) = (Sign(now + Life), now + Life);
        return ValueTask.FromResult(_token);
    }

    private string Sign(DateTimeOffset expires)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"d1.{options.TokenKeyId}.{installation}.{expires.ToUnixTimeSeconds()}");
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.TokenKey), Encoding.UTF8.GetBytes(text));
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }
}

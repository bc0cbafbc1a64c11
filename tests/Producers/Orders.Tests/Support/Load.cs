using System.Net;

namespace EventSourcing.Orders.Tests.Support;

/// <summary>A sales channel under load: numbers its commands, and repeats each with its key until it has an answer; every fourth order is cancelled.</summary>
internal sealed class Load(HttpClient http, string channel)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private int _done;

    /// <summary>Commands with a final answer.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Answers that were none: refusals for now, and broken connections.</summary>
    public int Repeated { get; private set; }

    /// <summary>What the client was promised: id and sequence of each event.</summary>
    public List<(string Id, string Sequence)> Promised { get; } = [];

    /// <summary>Sends until <paramref name="end"/>; the command under way is finished.</summary>
    public async Task RunAsync(CancellationToken end, CancellationToken stop)
    {
        for (var number = 1L; !end.IsCancellationRequested;)
        {
            var id = await SendAsync("/orders", Api.Order(channel, number++), HttpStatusCode.Created, stop);
            if (number % 4 == 0)
                await SendAsync($"/orders/{id}/cancel", Api.Cancel(channel, number++, "changed my mind"), HttpStatusCode.OK, stop);
        }
    }

    private async Task<string> SendAsync(string path, string body, HttpStatusCode expected, CancellationToken stop)
    {
        for (var key = Api.NewKey(); ; Repeated++)
        {
            try
            {
                using var response = await http.SendAsync(path, body, stop, ("Idempotency-Key", $"\"{key}\""));
                if (response.StatusCode is not HttpStatusCode.ServiceUnavailable and not HttpStatusCode.TooManyRequests)
                {
                    Assert.Equal(expected, response.StatusCode);
                    var answer = await response.JsonAsync(stop);
                    Promised.Add((answer.Text("receipt", "id"), answer.Text("receipt", "sequence")));
                    Interlocked.Increment(ref _done);
                    return answer.Text("order", "orderId");
                }
            }
            catch (HttpRequestException)
            {
                // The service is gone: nobody knows what became of it, the key will tell.
            }

            await TestKit.Outage.LastsAsync(RetryDelay, stop);
        }
    }
}

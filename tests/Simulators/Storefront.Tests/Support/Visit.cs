using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace EventSourcing.Storefront.Tests.Support;

/// <summary>One visitor at the shop.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _sent = new();

    public Visit(IBrowserContext context, IPage page)
    {
        (Context, Page) = (context, page);
        context.Request += (_, request) =>
        {
            if (request.Method == "POST" && new Uri(request.Url).AbsolutePath is "/events" or "/beacon")
                _sent.Enqueue(new Uri(request.Url).AbsolutePath);
        };
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Paths of the requests that the tracker has sent.</summary>
    public IReadOnlyCollection<string> Sent => _sent;

    /// <summary>Opens the shop and agrees; returns the visitor id.</summary>
    public async Task<string> EnterAsync()
    {
        await Page.GotoAsync("/");
        await Page.ClickAsync("#consent-yes");
        return await Page.EvaluateAsync<string>("tracker.visitorId");
    }

    /// <summary>Leaves for another page, as typing an address does.</summary>
    public Task LeaveAsync() => Page.GotoAsync("about:blank");

    /// <summary>The keys that the tracker has in the browser's storage.</summary>
    public async Task<string[]> StoredKeysAsync() => await Page.EvaluateAsync<string[]>("Object.keys(localStorage).filter(key => key.startsWith('es.')).sort()");

    public ValueTask DisposeAsync() => Context.DisposeAsync();
}

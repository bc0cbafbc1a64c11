using EventSourcing.TestKit;
using Microsoft.Playwright;

namespace EventSourcing.Storefront.Tests.Support;

/// <summary>The machine's own Chromium, headless.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // Root may not use the sandbox, and containers have little shared memory.
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!Requires.Chromium)
            return;                             // the tests are skipped with their reason
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Tools.Need(Tools.Chromium, Requires.ChromiumReason),
            Headless = true,
            Args = Arguments,
            Timeout = 120_000,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A visitor's own browser profile: empty storage, no cookies.</summary>
    internal async Task<Visit> NewVisitAsync(Uri shop)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { BaseURL = shop.AbsoluteUri });
        context.SetDefaultTimeout(60_000);
        return new Visit(context, await context.NewPageAsync());
    }
}

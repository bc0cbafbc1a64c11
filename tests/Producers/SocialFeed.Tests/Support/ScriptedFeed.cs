using System.Text;
using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventSourcing.SocialFeed.Tests.Support;

/// <summary>A stream that says, byte for byte, what a test wants: one event per number, each behind the cursor <c>number-1</c>, then silence.</summary>
internal sealed class ScriptedFeed : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string[] _events;

    private ScriptedFeed(WebApplication app, string[] events) => (_app, _events) = (app, events);

    public Uri Uri => new($"{_app.Urls.Single()}/feed");

    /// <summary>The <c>Last-Event-ID</c> of each request, in order; an empty one for none.</summary>
    public List<string> Cursors { get; } = [];

    /// <summary>The cursors reported, in order.</summary>
    public List<string> Commits { get; } = [];

    /// <summary>False leaves whoever reports a cursor without an answer.</summary>
    public bool AnswersReports { get; set; } = true;

    /// <summary>The <c>Authorization</c> of the last request.</summary>
    public string? Authorization { get; private set; }

    /// <param name="events">The lines of each event but its <c>id</c>; each ends with a line feed.</param>
    public static async Task<ScriptedFeed> StartAsync(params string[] events)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        var app = builder.Build();
        var feed = new ScriptedFeed(app, events);
        app.MapGet("/feed", feed.SendAsync);
        app.MapPost("/committed", feed.CommitAsync);
        await app.StartAsync();
        return feed;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task SendAsync(HttpContext context)
    {
        Authorization = context.Request.Headers.Authorization;
        var cursor = context.Request.Headers["Last-Event-ID"].ToString();
        lock (Cursors)
            Cursors.Add(cursor);
        context.Response.ContentType = "text/event-stream";
        for (var i = cursor.Length == 0 ? 0 : int.Parse(cursor, null); i < _events.Length; i++)
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"id: {i + 1}\n{_events[i]}\n"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        var gone = new TaskCompletionSource();
        await using (context.RequestAborted.Register(gone.SetResult))
            await gone.Task;
    }

    private async Task CommitAsync(HttpContext context)
    {
        var report = await context.Request.ReadFromJsonAsync<Report>();
        lock (Commits)
            Commits.Add(report!.Cursor);
        if (!AnswersReports)
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private sealed record Report(string Cursor);
}

// A small service that tells a test what it was given, and fails when it is told to.
var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["CRASH_WITH"] is { } code)
{
    await Console.Error.WriteLineAsync("cannot open the moon");
    return int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);
}

builder.AddServiceDefaults();
var app = builder.Build();
app.MapDefaultEndpoints();
app.MapGet("/env/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "(none)");
app.MapGet("/args", () => args);
app.MapGet("/whoami", () => Environment.ProcessId);
app.MapPost("/say/{text}", (string text, ILogger<Program> logger) => logger.LogWarning("said {Text}", text));
await app.RunAsync();
return 0;

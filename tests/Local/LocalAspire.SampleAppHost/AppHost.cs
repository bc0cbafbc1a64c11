// The application that LocalAspire's tests run: one resource of each kind, and the faults that configuration asks for.
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
{
    Args = args,
    DisableDashboard = args.Contains("--no-dashboard"),
});

var greeting = builder.AddParameter("greeting", "hello {{world}}");
var store = builder.AddConnectionString("store", ReferenceExpression.Create($"Host=localhost;Greeting={greeting}"));

var api = builder.AddProject<Projects.LocalAspire_SampleService>("api")
    .WithHttpHealthCheck("/health")
    .WithReference(store)
    .WithEnvironment("GREETING", greeting)
    .WithUrlForEndpoint("http", url => url.DisplayText = "Sample")
    .WithCommand("shout", "Shout", context => Task.FromResult(CommandResults.Success($"{context.ResourceName}!")));

builder.AddProject<Projects.LocalAspire_SampleService>("worker", options => options.ExcludeLaunchProfile = true)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReplicas(2)
    .WithReference(api)
    .WithEnvironment("API_PORT", api.GetEndpoint("http").Property(EndpointProperty.Port))
    .WithArgs("--listen", api.GetEndpoint("http"))
    .WaitFor(api);

builder.AddExecutable("shell", "sh", ".", "-c", "echo ready; exec sleep 3600").WaitForStart(api);
var later = builder.AddExecutable("later", "sh", ".", "-c", "exec sleep 3600").WithExplicitStart();

if (builder.Configuration["Sample:CrashWith"] is { } code)
{
    var broken = builder.AddProject<Projects.LocalAspire_SampleService>("broken", launchProfileName: null)
        .WithEnvironment("CRASH_WITH", code);
    if (builder.Configuration["Sample:WaitForCrash"] is not null)
        builder.AddExecutable("waiting", "sh", ".", "-c", "exec sleep 3600").WaitFor(broken);
}

if (builder.Configuration["Sample:Port"] is { } port)
    api.WithHttpEndpoint(port: int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), name: "extra");

if (builder.Configuration["Sample:Hang"] is not null)
    builder.AddExecutable("stuck", "sh", ".", "-c", "exec sleep 3600").WaitFor(later);

builder.Build().Run();

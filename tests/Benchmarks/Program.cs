using System.CommandLine;
using EventSourcing.Benchmarks;

// Ctrl-C: whatever was started is ended first.
return await BenchmarkCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });

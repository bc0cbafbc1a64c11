using EventSourcing.Benchmarks;

return await BenchmarkCommand.Create().Parse(args).InvokeAsync();

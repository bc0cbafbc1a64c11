using System.CommandLine;
using EventSourcing.TextProducer.Cli;

// The host ends by itself on SIGTERM; the parser must not end the process before the last report has gone out.
return await TextProducerCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

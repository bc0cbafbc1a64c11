using System.CommandLine;
using EventSourcing.TextConsumer.Cli;

// The host ends by itself on SIGTERM; the parser must not end the process before the offsets are committed.
return await TextConsumerCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

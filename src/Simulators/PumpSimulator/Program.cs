using System.CommandLine;
using EventSourcing.PumpSimulator.Cli;

// The host, or each command, ends by itself on SIGTERM; the parser must not end the process before.
return await PumpCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

using System.CommandLine;
using EventSourcing.LocalKafka.Host;

var command = new HostCommand();
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });

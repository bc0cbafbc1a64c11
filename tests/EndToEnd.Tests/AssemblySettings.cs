using Xunit.Sdk;
using Xunit.v3;

// One topology at a time: each has a dozen processes.
[assembly: Parallelization(Mode = ParallelMode.None)]

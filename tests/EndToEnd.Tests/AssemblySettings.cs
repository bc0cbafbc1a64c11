// One topology at a time: each has a dozen processes.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace EventSourcing.EndToEnd.Tests;

/// <summary>A clean stop in the middle of the load.</summary>
public abstract partial class Scenarios
{
    [Theory]
    [InlineData("sensor-ingest")]
    [InlineData("web-events")]
    public async Task Service_StoppedUnderLoad_FinishesWhatItTook(string service)
    {
        await topology.Resources.StartSimulatorsAsync(Stop);
        await UnderLoadAsync();

        var stopped = await topology.Resources.StopOneAsync(service, Stop);
        await topology.Resources.StartAgainAsync(service, stopped, Stop);

        await UnderLoadAsync();
        await BalancedAsync();
    }
}

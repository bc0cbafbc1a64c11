namespace EventSourcing.EndToEnd.Tests;

/// <summary>Clean stops in the middle of the load.</summary>
public abstract partial class Scenarios
{
    [Fact]
    public async Task Services_StoppedInTurnUnderLoad_FinishWhatTheyTook()
    {
        await topology.Resources.StartSimulatorsAsync(Stop);
        await UnderLoadAsync();

        foreach (var service in Services)
        {
            var stopped = await topology.Resources.StopOneAsync(service, Stop);
            await topology.Resources.StartAgainAsync(service, stopped, Stop);
            await UnderLoadAsync();
        }

        await BalancedAsync();
    }
}

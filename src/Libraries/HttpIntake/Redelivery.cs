using CloudNative.CloudEvents;

namespace EventSourcing.HttpIntake;

/// <summary>
/// Extension attribute <c>redelivery</c>: a sender that got no answer sends the event again and says <c>possible-duplicate</c>. On the
/// topic it is the record header of the same name.
/// </summary>
public static class Redelivery
{
    private const string Attribute = "redelivery";
    private const string PossibleDuplicate = "possible-duplicate";

    /// <summary>Takes the mark off the event; true when it was there.</summary>
    public static bool Take(CloudEvent cloudEvent)
    {
        if (cloudEvent[Attribute] is not string mark)
            return false;
        cloudEvent[Attribute] = null;
        return mark == PossibleDuplicate;
    }
}

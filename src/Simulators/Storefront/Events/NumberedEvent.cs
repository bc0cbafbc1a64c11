using CloudNative.CloudEvents;

namespace EventSourcing.Storefront.Events;

/// <summary>An event and its number within its source.</summary>
/// <param name="Number">The <c>sequence</c> as a number.</param>
/// <param name="Event">The event.</param>
internal readonly record struct NumberedEvent(long Number, CloudEvent Event);

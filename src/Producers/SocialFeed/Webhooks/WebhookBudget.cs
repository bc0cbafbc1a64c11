using EventSourcing.HttpIntake;
using EventSourcing.SocialFeed.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed.Webhooks;

/// <summary>How many bytes of webhook bodies are in memory at one time, whatever the number of senders.</summary>
internal sealed class WebhookBudget(IOptions<WebhookOptions> options) : BodyBudget(options.Value.MaxInFlightBytes);

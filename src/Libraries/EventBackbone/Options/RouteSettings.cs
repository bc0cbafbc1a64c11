using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace EventSourcing.EventBackbone.Options;

/// <summary>A route with its profile after configuration.</summary>
internal sealed partial record RouteSettings(Route Route, DeliveryProfile Profile)
{
    public string Name => Route.Name;

    /// <summary>True when events of this route may be on disk.</summary>
    public bool UsesSpool => Profile.Failover == Failover.Spool || Profile.Receipt == ReceiptLevel.Spooled;

    public static List<RouteSettings> ReadAll(IConfigurationSection section, IReadOnlyList<Route> routes, List<string> errors)
    {
        foreach (var child in section.GetChildren())
            if (!routes.Any(route => route.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)))
                errors.Add($"{child.Path}: this service has no such route; it has {string.Join(", ", routes.Select(route => route.Name))}.");
        foreach (var twice in routes.GroupBy(route => route.Name).Where(group => group.Count() > 1))
            errors.Add($"{section.Path}:{twice.Key}: two routes have this name; declare the route once and share the constant.");
        return routes.Select(route => Read(section.GetSection(route.Name), route, errors)).ToList();
    }

    private static RouteSettings Read(IConfigurationSection section, Route route, List<string> errors)
    {
        var profile = route.Profile with { };
        SectionReader.Read(section, profile, errors);
        SectionReader.Validate(section.Path, profile, errors);
        ProfileRules.Check(section.Path, profile, errors);
        ProfileRules.CheckTransactions(section.Path, route, profile, errors);
        foreach (var topic in route.Topics)
            Check(section.Path, topic, errors);
        return new RouteSettings(route, profile);
    }

    private static void Check(string path, TopicDeclaration topic, List<string> errors)
    {
        if (!TopicName().IsMatch(topic.Name) || topic.Name is "." or "..")
            errors.Add($"{path}: '{topic.Name}' is no topic name; 1 to 249 of a-z A-Z 0-9 . _ -");
        if (topic.Partitions < 1)
            errors.Add($"{path}: the topic '{topic.Name}' is declared with {topic.Partitions} partitions; at least 1.");
    }

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,249}$")]
    private static partial Regex TopicName();
}

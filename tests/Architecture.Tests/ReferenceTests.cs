using EventSourcing.Architecture.Tests.Model;

namespace EventSourcing.Architecture.Tests;

/// <summary>Who may refer to whom.</summary>
public sealed class ReferenceTests
{
    private const string Ledger = "Ledger";

    private static readonly string[] ForServices = ["EventSourcing.ServiceDefaults", "CloudEvents", "EventBackbone", "HttpIntake"];

    private static IEnumerable<ProjectFile> Services => SourceTree.Projects.Where(project => project.IsService);

    [Fact]
    public void Service_References_OnlyServiceDefaultsAndLibraries()
    {
        var breaches =
            from service in Services
            let allowed = (string[])(service.Room == "Simulators" ? [.. ForServices, "Receipts", "Simulation", "MobileClient"] : service.Name == Ledger ? [.. ForServices, "Receipts"] : ForServices)
            from reference in service.ProjectReferences.Except(allowed)
            select $"{service}: references {reference}";

        Rule.Holds(breaches, $"a service may reference {string.Join(", ", ForServices)} (simulators and the ledger: Receipts too, simulators: Simulation and MobileClient), never another service; "
            + "talk to it over its protocol, and copy a contract rather than share it.");
    }

    [Fact]
    public void Library_References_OnlyLibraries()
    {
        var libraries = SourceTree.Projects.Where(project => project.Room == "Libraries").ToArray();
        var breaches =
            from library in libraries
            from reference in library.ProjectReferences.Except(libraries.Select(other => other.Name))
            select $"{library}: references {reference}";

        Rule.Holds(breaches, "move what is needed into the library, or the code that needs it out of it.");
    }

    [Fact]
    public void LocalStandIn_References_OnlyLocalProjects()
    {
        var locals = SourceTree.Projects.Where(project => project.Room == "Local").ToArray();
        var breaches =
            from local in locals
            from reference in local.ProjectReferences.Except(locals.Select(other => other.Name))
            select $"{local}: references {reference}";

        Rule.Holds(breaches, "src/Local stands alone, so that a fork can drop it or take one stand-in elsewhere; remove the reference.");
    }

    [Fact]
    public void LocalStandIns_AreReferenced_OnlyByAppHostAndTests()
    {
        var locals = SourceTree.Projects.Where(project => project.Room == "Local").Select(project => project.Name).ToArray();
        var breaches =
            from project in SourceTree.Projects
            where project.Room is not ("Local" or "EventSourcing.AppHost" or "tests")
            from reference in project.ProjectReferences.Intersect(locals)
            select $"{project}: references {reference}";

        Rule.Holds(breaches, "nothing in a service may know of the stand-ins: connect through the connection string, and for AddKafkaProducer/AddKafkaConsumer "
            + "set <UseAspireKafkaClient>true</UseAspireKafkaClient>.");
    }

    [Fact]
    public void AspireHosting_IsReferenced_OnlyByAppHostAndItsTests()
    {
        string[] allowed = ["EventSourcing.AppHost", "EndToEnd.Tests"];
        var breaches =
            from project in SourceTree.Projects
            where !allowed.Contains(project.Name)
            from package in project.PackageReferences
            where package.StartsWith("Aspire.Hosting", StringComparison.Ordinal)
            select $"{project}: references {package}";

        Rule.Holds(breaches, "hosting belongs to EventSourcing.AppHost; a service reads its connection strings and service discovery names.");
    }

    [Fact]
    public void AspireKafkaClient_ComesThrough_TheSwitch()
    {
        var breaches =
            from project in SourceTree.Projects
            where project.PackageReferences.Contains("Aspire.Confluent.Kafka")
            select $"{project}: references Aspire.Confluent.Kafka itself";

        Rule.Holds(breaches, "set <UseAspireKafkaClient>true</UseAspireKafkaClient>; Directory.Build.targets then follows AspireSource.");
    }

    [Fact]
    public void Test_References_NoOtherTestProject()
    {
        var tests = SourceTree.Projects.Where(project => project.Name.EndsWith(".Tests", StringComparison.Ordinal)).ToArray();
        var breaches =
            from test in tests
            from reference in test.ProjectReferences.Intersect(tests.Select(other => other.Name))
            select $"{test}: references {reference}";

        Rule.Holds(breaches, "share it through tests/TestKit.");
    }
}

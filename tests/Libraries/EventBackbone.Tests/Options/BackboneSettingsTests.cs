using EventSourcing.EventBackbone.Options;
using EventSourcing.EventBackbone.Transactions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EventSourcing.EventBackbone.Tests.Options;

public sealed class BackboneSettingsTests
{
    private static readonly Route Readings = new(new TopicDeclaration("readings", "asset id"), new DeliveryProfile { BufferEvents = 10 });

    [Fact]
    public void Read_Nothing_KeepsTheProfileInCode()
    {
        var settings = Read(new() { ["ConnectionStrings:kafka"] = "a:1" });

        Assert.Equal(Readings.Profile, settings.Routes.Single(route => route.Name == "readings").Profile);
        Assert.Contains(settings.Routes, route => route.Name == "dead-letters");
    }

    [Fact]
    public void Read_Overrides_WinOverCodeAndLeaveTheRouteAlone()
    {
        var settings = Read(new()
        {
            ["ConnectionStrings:kafka"] = "a:1",
            ["Backbone:Routes:readings:Receipt"] = "spooled",
            ["Backbone:Routes:readings:DeliveryTimeout"] = "00:00:03",
            ["Backbone:Client:security.protocol"] = "SASL_SSL",
        });
        var profile = settings.Routes.Single(route => route.Name == "readings").Profile;

        Assert.Equal((ReceiptLevel.Spooled, TimeSpan.FromSeconds(3), 10), (profile.Receipt, profile.DeliveryTimeout, profile.BufferEvents));
        Assert.Equal(ReceiptLevel.Stored, Readings.Profile.Receipt);
        Assert.Equal("SASL_SSL", settings.Clients.Client["security.protocol"]);
    }

    [Fact]
    public void Read_ManyErrors_ReportsAllOfThemWithTheirPaths()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["Backbone:FlushTimeout"] = "soon",
            ["Backbone:Speed"] = "9",
            ["Backbone:Routes:readings:BufferEvents"] = "0",
            ["Backbone:Routes:readings:Receipt"] = "Perhaps",
            ["Backbone:Routes:readings:Durability"] = "FireAndForget",
            ["Backbone:Routes:readings:Overflow"] = "DropOldest",
            ["Backbone:Routes:unknown:Receipt"] = "Queued",
            ["Backbone:Producer:acks"] = "1",
            ["Backbone:Consuming:InboxRecords"] = "-1",
        }));

        string[] paths =
        [
            "ConnectionStrings:kafka:", "Backbone:FlushTimeout:", "Backbone:Speed:", "Backbone:Routes:readings:BufferEvents:",
            "Backbone:Routes:readings:Receipt:", "Backbone:Routes:readings:Overflow:", "Backbone:Routes:unknown:", "Backbone:Producer:acks:",
            "Backbone:Consuming:InboxRecords:",
        ];
        Assert.All(paths, path => Assert.Contains(exception.Failures, failure => failure.StartsWith(path, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Durability.FireAndForget, ReceiptLevel.Stored, Overflow.Reject, Failover.Refuse, "Receipt")]
    [InlineData(Durability.FireAndForget, ReceiptLevel.Spooled, Overflow.Reject, Failover.Refuse, "Receipt")]
    [InlineData(Durability.Replicated, ReceiptLevel.Stored, Overflow.DropOldest, Failover.Refuse, "Overflow")]
    [InlineData(Durability.Replicated, ReceiptLevel.Queued, Overflow.DropOldest, Failover.Spool, "Failover")]
    public void Check_PromisesThatExcludeEachOther_AreErrors(
        Durability durability, ReceiptLevel receipt, Overflow overflow, Failover failover, string property)
    {
        var errors = new List<string>();

        ProfileRules.Check("route", new DeliveryProfile { Durability = durability, Receipt = receipt, Overflow = overflow, Failover = failover }, errors);

        Assert.Contains(errors, error => error.StartsWith($"route:{property}:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Durability.Transactional, ReceiptLevel.Queued, Failover.Refuse, "Receipt")]
    [InlineData(Durability.Transactional, ReceiptLevel.Spooled, Failover.Refuse, "Receipt")]
    [InlineData(Durability.Transactional, ReceiptLevel.Stored, Failover.Spool, "Failover")]
    [InlineData(Durability.Replicated, ReceiptLevel.Stored, Failover.Refuse, "Durability")]
    public void CheckTransactions_WhatCannotBeAllOrNone_IsAnError(Durability durability, ReceiptLevel receipt, Failover failover, string property)
    {
        var errors = new List<string>();
        var route = Readings with { AdditionalTopics = [new TopicDeclaration("copies", null)] };

        ProfileRules.CheckTransactions("route", route, new DeliveryProfile { Durability = durability, Receipt = receipt, Failover = failover }, errors);

        Assert.StartsWith($"route:{property}:", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TransactionalRoute_IsNamedAfterApplicationRouteAndInstance()
    {
        var settings = Read(new()
        {
            ["ConnectionStrings:kafka"] = "a:1",
            ["Backbone:InstanceId"] = "replica-2",
            ["Backbone:Routes:readings:Durability"] = "Transactional",
            ["Backbone:Routes:readings:DeliveryTimeout"] = "00:00:03",
        });

        var transactions = TransactionSettings.Of(settings.Routes.Single(route => route.Name == "readings"), "service", settings.Options.InstanceId);

        Assert.Equal("service.readings.replica-2", transactions.TransactionalId);
        Assert.Equal(TimeSpan.FromSeconds(6), transactions.TransactionTimeout);
    }

    private static BackboneSettings Read(Dictionary<string, string?> values)
    {
        var registration = new BackboneRegistration("kafka");
        registration.Add([Readings]);
        return BackboneSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), registration);
    }
}

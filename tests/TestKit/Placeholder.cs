namespace EventSourcing.TestKit;

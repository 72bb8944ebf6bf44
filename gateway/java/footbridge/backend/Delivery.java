package footbridge.backend;

/// A message on its way to one subscriber, or shared by all subscribers of a topic.
///
/// @param tag what the backend that made it needs to settle it; means nothing to anyone else
public record Delivery(Message message, long tag) {}

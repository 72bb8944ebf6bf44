package footbridge.kafka.broadcast;

import footbridge.backend.Delivery;

/// A record on its way from a topic's reader to the subscriptions that want it.
record Passing(int partition, long offset, Delivery delivery) {}

/// Carries messages to and from Kafka: one producer, one admin client and one reader per topic for
/// all clients of the node.
///
/// Kafka's own classes stay in this room. A subscription is a broadcast, in which every subscriber
/// gets every record and nothing about what it has seen is stored in the cluster; or it is a member
/// of a share group or of a consumer group ([footbridge.kafka.group]).
///
/// kafka-clients warns at every failed attempt to connect, through its logger
/// `org.apache.kafka.clients.NetworkClient`. This room says once that a cluster is away and once
/// that it is back, reads nothing while it is away and lets its clients retry seldom; an operator
/// who wants no warning at all sets that logger to ERROR.
@NullMarked
package footbridge.kafka;

import org.jspecify.annotations.NullMarked;

package footbridge.kafka.client;

import org.apache.kafka.common.Uuid;

/// A topic as the cluster describes it.
///
/// @param id differs when a topic was deleted and another made under its name
/// @param partitions numbered from 0
/// @param largestBatch octets that the topic takes in one batch of records; `Integer.MAX_VALUE`
///   when the cluster would not say
/// @param compacted whether the cluster says that it keeps the newest record of each key
public record TopicInfo(Uuid id, int partitions, int largestBatch, boolean compacted) {}

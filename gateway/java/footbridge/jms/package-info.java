/// Carries messages to and from Apache Artemis, by its core client.
///
/// Every client of the gateway has core sessions of its own on a few shared links; all subscribers
/// of a topic share one consumer. Nothing here trusts the client library to reconnect: a link that
/// broke is gone, and the room opens another.
///
/// A client that settles its messages does so on the core session of its consumers: one message at
/// a time, or several in one transaction, together with what it sends ([CoreTransactions]). What it
/// holds is good for one life of the link.
///
/// What the broker does to messages without a word is asked for beforehand ([Directory]), and what
/// it confirms is confirmed by its journal: the settings that make it so are in [Locators].
@NullMarked
package footbridge.jms;

import org.jspecify.annotations.NullMarked;

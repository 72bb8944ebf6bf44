/// Carries messages to and from any broker with a Jakarta Messaging client, with nothing but that
/// API: what it cannot do exactly is refused. Artemis has a room of its own, [footbridge.jms],
/// which can do more.
///
/// A subscription whose client settles its messages has lanes: transacted sessions that hold one
/// message each, so that a commit or a rollback means that message and no other (decision 003).
/// Calls of the API block; only virtual threads make them.
@NullMarked
package footbridge.portable;

import org.jspecify.annotations.NullMarked;

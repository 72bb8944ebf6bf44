/// Runs client connections: their threads, mailboxes, timers, broker calls and outgoing queues.
///
/// Fourth floor. The room `session` decides, this one does. JDK only: sockets are the business of
/// `transport`, which reaches in through [footbridge.connection.Connection] and is reached through
/// [footbridge.connection.ClientChannel].
@NullMarked
package footbridge.connection;

import org.jspecify.annotations.NullMarked;

/// The rules of STOMP as plain functions: a frame or an event in, actions out.
///
/// Third floor. No threads, no clock, no I/O: the room `connection` carries the actions out.
@NullMarked
package footbridge.session;

import org.jspecify.annotations.NullMarked;

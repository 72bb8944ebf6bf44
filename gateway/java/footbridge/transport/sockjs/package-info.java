/// SockJS: a WebSocket, or what does its work where there is none.
@NullMarked
package footbridge.transport.sockjs;

import org.jspecify.annotations.NullMarked;

/// The gateway as JavaScript clients see it: stompjs 7, stomp.js 2 and a browser.
@NullMarked
package footbridge.clients;

import org.jspecify.annotations.NullMarked;

package footbridge.transport.sockjs;

import java.time.Duration;

/// How SockJS behaves.
///
/// @param sessionTimeout how long a session waits for the next request of its client
/// @param heartBeat how often a silent response carries an `h` (J13)
/// @param streamingLimit octets after which a streaming response ends and the client asks again
/// @param libraryUrl where the iframe finds the client's library
/// @param cookie whether clients are told to keep a JSESSIONID, for load balancers that need one
/// @param largestPost octets of a POST of a connected client
/// @param firstPost octets of a POST of any other client, and of all that it may send before it is
///   connected
public record SockJsSettings(
        Duration sessionTimeout,
        Duration heartBeat,
        int streamingLimit,
        String libraryUrl,
        boolean cookie,
        int largestPost,
        int firstPost) {}

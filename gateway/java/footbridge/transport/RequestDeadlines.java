package footbridge.transport;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/// Gives every socket that the process accepts a [RequestDeadline]: the time to CONNECT also holds
/// for clients that do not get as far as a WebSocket. Vert.x has no place for that, so Netty itself
/// is asked; it makes the one instance when the first socket is accepted.
public final class RequestDeadlines extends ChannelInitializerExtension {

    private static final String TIME_TO_CONNECT = "footbridge.limits.time-to-connect";

    private final Duration patience =
            ConfigProvider.getConfig().getValue(TIME_TO_CONNECT, Duration.class);

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        RequestDeadline.start(channel, patience);
    }

    /// Lets the deadlines know of the requests that come to `router`.
    public static void mount(Router router) {
        router.route().order(Integer.MIN_VALUE).handler(RequestDeadlines::heed);
    }

    private static void heed(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        RequestDeadline.of(((ConnectionBase) connection).channelHandlerContext().channel())
                .ifPresent(deadline -> {
                    deadline.begin();
                    context.addEndHandler(_ -> deadline.end());
                });
        context.next();
    }
}

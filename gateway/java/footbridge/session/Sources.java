package footbridge.session;

import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.JmsTopic;
import footbridge.mapping.Mappings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The destinations of the messages of one subscription with wildcards. Each topic is what the
/// client might have subscribed to by itself, by the rules in force: what it could not, it does not
/// get, however well the wildcard fits. Confined to the connection's thread.
public final class Sources {

    private static final int MOST_KNOWN = 1_000;

    private final Router router;
    private final String backend;
    private final Map<String, Optional<String>> known = new HashMap<>();
    private @Nullable Mappings rules;

    Sources(Router router, String backend) {
        this.router = router;
        this.backend = backend;
    }

    /// The destination of a topic for this client; empty if its messages are not for the client.
    public Optional<String> destinationOf(String topic) {
        Mappings now = router.mappings();
        if (!now.equals(rules) || known.size() >= MOST_KNOWN) {
            rules = now;
            known.clear();
        }
        return known.computeIfAbsent(topic, this::ask);
    }

    private Optional<String> ask(String topic) {
        Target target = new JmsTopic(backend, topic, Creation.NEVER);
        return router.subscribableBy(target);
    }
}

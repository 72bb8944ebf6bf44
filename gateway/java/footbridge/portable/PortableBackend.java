package footbridge.portable;

import footbridge.backend.Backend;
import footbridge.backend.BackendSession;
import footbridge.portable.provider.Driver;
import footbridge.portable.provider.PortableSettings;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A broker that is reached with nothing but Jakarta Messaging.
///
/// Connects in the background, from the moment it is made until it is closed; the broker may be
/// away at any time. Safe for use by any thread.
public final class PortableBackend implements Backend {

    private final PortableSettings settings;
    private final List<Link> links;
    private final AtomicInteger turn = new AtomicInteger();
    private final PullCheck pull = new PullCheck();
    private final SharedTopics topics = new SharedTopics(this::nextLink);

    /// Does not wait for the broker.
    ///
    /// @throws InvalidProvider if the settings name no usable provider
    public PortableBackend(PortableSettings settings) {
        this.settings = settings;
        var driver = new Driver(settings.provider());
        links =
                IntStream.range(0, settings.connections())
                        .mapToObj(n -> new Link(settings.name() + "-" + n, driver, settings))
                        .toList();
        links.forEach(Link::start);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Kind kind() {
        return Kind.JMS;
    }

    @Override
    public Availability availability() {
        return links.stream().anyMatch(link -> link.live().isPresent())
                ? Availability.UP
                : new Availability(false, links.getFirst().reason());
    }

    @Override
    public BackendSession open() {
        return new PortableSession(nextLink(), settings.lanes(), pull, topics);
    }

    /// One that is up, if there is one.
    private Link nextLink() {
        int first = Math.floorMod(turn.getAndIncrement(), links.size());
        return IntStream.range(0, links.size())
                .mapToObj(n -> links.get((first + n) % links.size()))
                .filter(link -> link.live().isPresent())
                .findFirst()
                .orElseGet(() -> links.get(first));
    }

    @Override
    public void close() {
        links.forEach(Link::close);
    }
}

package footbridge.jms.link;

import footbridge.backend.Backend.Availability;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// The few network connections to a broker that all clients of the node share, given out in turn.
///
/// Safe for use by any thread; only [#close] blocks.
public final class LinkPool {

    private final Locators locators;
    private final List<KeptLink> links;
    private final AtomicInteger turn = new AtomicInteger();

    public LinkPool(ArtemisSettings settings, int largestBody) {
        locators = Locators.of(settings);
        links =
                IntStream.range(0, settings.connections())
                        .mapToObj(n ->
                                new KeptLink(
                                        settings.name() + "-" + n, locators, settings, largestBody))
                        .toList();
        links.forEach(KeptLink::start);
    }

    /// The link for the next client: one that is up, if there is one.
    public Link next() {
        int first = Math.floorMod(turn.getAndIncrement(), links.size());
        for (int n = 0; n < links.size(); n++) {
            Link link = links.get((first + n) % links.size());
            if (link.live().isPresent()) {
                return link;
            }
        }
        return links.get(first);
    }

    public Availability availability() {
        for (KeptLink link : links) {
            if (link.live().isPresent()) {
                return Availability.UP;
            }
        }
        return new Availability(false, links.getFirst().reason());
    }

    public void close() {
        try {
            for (KeptLink link : links) {
                link.close();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        locators.close();
    }
}

package footbridge.jms;

import footbridge.backend.Backend;
import footbridge.backend.BackendSession;

/// An Apache Artemis broker.
///
/// Connects in the background, from the moment it is made until it is closed; the broker may be
/// away at any time. Safe for use by any thread.
public final class ArtemisBackend implements Backend {

    private final ArtemisSettings settings;
    private final LinkPool pool;
    private final Directory directory = new Directory();
    private final DeadLetters deadLetters = new DeadLetters();
    private final TopicReaders topics;

    /// Does not wait for the broker.
    ///
    /// @throws IllegalArgumentException if the settings name no address of an Artemis broker
    public ArtemisBackend(ArtemisSettings settings) {
        this.settings = settings;
        pool = new LinkPool(settings);
        topics = new TopicReaders(pool, directory, settings.reconnectDelay());
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
        return pool.availability();
    }

    @Override
    public BackendSession open() {
        return new ArtemisSession(pool.next(), settings, directory, deadLetters, topics);
    }

    @Override
    public void close() {
        pool.close();
    }
}

package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.SlowReader;
import footbridge.backend.Snapshots;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.Failures;
import footbridge.kafka.client.TopicInfo;
import footbridge.kafka.record.Offsets;
import footbridge.kafka.record.Records;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The subscriptions of the node that get every record of their topic, from wherever they begin.
/// Safe for use by any thread.
public final class Broadcasts implements AutoCloseable {

    private final StartFinder starts;
    private final TopicReaders readers;
    private final CatchUps catchUps;

    private final SnapshotBudget budget;

    public Broadcasts(
            StartFinder starts, TopicReaders readers, CatchUps catchUps, SnapshotBudget budget) {
        this.starts = starts;
        this.readers = readers;
        this.catchUps = catchUps;
        this.budget = budget;
    }

    /// Puts a subscription in place: from now on, or once its beginning is known. Blocks for some
    /// round trips.
    ///
    /// @param seen the topic as it is now
    public Place subscribe(
            KafkaTopic target, TopicInfo seen, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        boolean snapshot = options.kafka().snapshot();
        if (snapshot && !seen.compacted()) {
            throw Failures.notCompacted();
        }
        Optional<StartFinder.Start> start = starts.find(target.topic(), seen, options.kafka());
        Place place = new Place(target, options, subscriber);
        if (snapshot && start.map(StartFinder.Start::isIncomplete).orElse(true)) {
            place.beginWithSnapshot(start.isPresent(), seen);
        } else {
            place.begin(start);
        }
        return place;
    }

    private LastValues readLastValues(TopicReader reader, TopicInfo seen) {
        budget.forget(reader.topic());
        LastValues values = new LastValues(reader.topic(), budget);
        catchUps.start(
                values,
                reader.topic(),
                new LastValuesReader(
                        values,
                        reader.edge(),
                        earliest ->
                                starts.find(reader.topic(), seen, earliest)
                                        .orElseThrow()
                                        .offsets()));
        return values;
    }

    /// Ends all subscriptions and tells their subscribers, for a bounded time.
    @Override
    public void close() {
        readers.close();
        catchUps.close();
    }

    /// How many topics are being read.
    public int readers() {
        return readers.size();
    }

    /// How many subscriptions are behind.
    public int catchUps() {
        return catchUps.size();
    }

    /// The newest records that are kept.
    public Snapshots snapshots() {
        return budget.kept();
    }

    /// One subscription.
    public final class Place implements Subscription {

        private final Subscriber subscriber;
        private final Feed feed;
        private final TopicReader reader;
        private Map<String, String> told = Map.of();
        private boolean closed;

        private Place(KafkaTopic target, SubscribeOptions options, Subscriber subscriber)
                throws BackendFailure, InterruptedException {
            this.subscriber = subscriber;
            this.feed =
                    new Feed(
                            Wanted.of(target.key(), target.use().filter()),
                            subscriber,
                            options.slow() == SlowReader.PAUSE,
                            this::lags);
            this.reader = readers.join(target.topic(), feed);
        }

        private void begin(Optional<StartFinder.Start> start) {
            if (start.isEmpty()) {
                told = Map.of(Records.POSITION, reader.edge().join(feed).text());
                return;
            }
            Offsets from = start.get().offsets();
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put(Records.POSITION, reader.edge().position(from).text());
            start.get()
                    .recovered()
                    .ifPresent(allThere -> {
                        headers.put(Records.RECOVERED, allThere.toString());
                        feed.tell(allThere);
                    });
            told = headers;
            catchUps.start(feed, reader.topic(), new CatchUp(feed, reader.edge(), from));
        }

        /// @param instead whether it takes the place of what has come since a position
        private void beginWithSnapshot(boolean instead, TopicInfo seen) throws BackendFailure {
            if (instead) {
                told = Map.of(Records.RECOVERED, "false");
                feed.tell(false);
            }
            catchUps.start(
                    feed,
                    reader.topic(),
                    new SnapshotCatchUp(reader.topic(), feed, reader.edge(), lastValues(seen)));
        }

        private LastValues lastValues(TopicInfo seen) throws BackendFailure {
            try {
                if (budget.isTooLarge(reader.topic())) {
                    throw LastValues.tooLarge();
                }
                LastValues values = reader.lastValues(() -> readLastValues(reader, seen));
                values.check();
                return values;
            } catch (BackendFailure e) {
                close();
                throw e;
            }
        }

        private void lags(Passing record) {
            catchUps.start(
                    feed,
                    reader.topic(),
                    new CatchUp(feed, reader.edge(), reader.edge().before(record)));
        }

        @Override
        public Map<String, String> told() {
            return told;
        }

        /// Nothing is stored for a broadcast: an accepted delivery is flow control only.
        @Override
        public void accepted(Delivery delivery) {}

        /// The client may have one more.
        public void settled() {
            subscriber.settled();
        }

        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                feed.close();
                catchUps.stop(feed);
                readers.leave(reader, feed);
            }
        }
    }
}

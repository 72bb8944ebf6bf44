package footbridge.kafka;

import footbridge.backend.Backend;
import footbridge.backend.BackendSession;
import footbridge.backend.Snapshots;
import footbridge.kafka.broadcast.Broadcasts;
import footbridge.kafka.broadcast.CatchUps;
import footbridge.kafka.broadcast.SnapshotBudget;
import footbridge.kafka.broadcast.StartFinder;
import footbridge.kafka.broadcast.TopicReader;
import footbridge.kafka.broadcast.TopicReaders;
import footbridge.kafka.client.ClusterWatch;
import footbridge.kafka.client.KafkaClients;
import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.TopicQuestions;
import footbridge.kafka.client.Topics;
import footbridge.kafka.group.ConsumerGroups;
import footbridge.kafka.send.RecordSender;
import footbridge.kafka.send.Transactions;
import footbridge.kafka.share.ShareGroups;
import java.time.Duration;

/// One Kafka cluster behind the gateway. It may be away at the start and at any time later; while
/// it is, SEND and SUBSCRIBE fail at once and subscriptions in place wait for it.
public final class KafkaBackend implements Backend {

    private static final Duration RENEWAL = Duration.ofMinutes(1);

    private final KafkaSettings settings;
    private final KafkaClients clients;
    private final ClusterWatch watch;
    private final TopicQuestions questions;
    private final Topics topics;
    private final RecordSender sender;
    private final Transactions transactions;
    private final Groups groups;
    private final Broadcasts broadcasts;

    /// Begins to look for the cluster, on a thread of its own.
    public KafkaBackend(KafkaSettings settings) {
        this.settings = settings;
        this.clients = new KafkaClients(settings, settings.times().send().plus(RENEWAL));
        this.watch = new ClusterWatch(settings.name(), settings.times().probe(), clients);
        this.questions = new TopicQuestions(clients, settings.times().answer());
        this.topics = new Topics(questions, settings.times().answer());
        this.sender = new RecordSender(clients, topics, settings);
        this.transactions = new Transactions(clients, sender, watch, settings);
        this.groups =
                new Groups(
                        new ShareGroups(clients, questions, settings),
                        new ConsumerGroups(clients, topics, questions, transactions, settings),
                        settings.limits().members());
        this.broadcasts =
                new Broadcasts(
                        new StartFinder(clients, settings.times().answer()),
                        new TopicReaders(this::newReader),
                        new CatchUps(clients, watch, settings),
                        new SnapshotBudget(settings.limits()));
        watch.start();
        transactions.start();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Kind kind() {
        return Kind.KAFKA;
    }

    @Override
    public Availability availability() {
        return watch.availability();
    }

    @Override
    public Snapshots snapshots() {
        return broadcasts.snapshots();
    }

    @Override
    public BackendSession open() {
        return new KafkaSession(watch, topics, sender, transactions, groups, broadcasts);
    }

    /// Sends what is waiting and ends the subscriptions. Takes 23 s at most: 5 s for the watch, 6 s
    /// for the readers, a second for each idle producer of transactions, 5 s for the other
    /// producers, and the rest for the admin client.
    @Override
    public void close() {
        watch.close();
        broadcasts.close();
        transactions.close();
        clients.close();
    }

    /// How many topics of this cluster are being read now.
    int readers() {
        return broadcasts.readers();
    }

    /// How many subscriptions are behind their topic's shared reader now.
    int catchUps() {
        return broadcasts.catchUps();
    }

    private TopicReader newReader(String topic) {
        return new TopicReader(topic, clients, topics, questions, watch, settings);
    }
}

package footbridge.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.jspecify.annotations.Nullable;

/// A real Artemis broker in this JVM, with its journal in a real folder and one TCP acceptor.
///
/// It can be stopped, killed and started again on the same port and folder. Nothing is created by
/// itself: a queue or topic exists when it was declared. Start and stop block until done.
public final class ArtemisBroker implements AutoCloseable {

    private static final String ROLE = "all";

    private final Configuration configuration;
    private final @Nullable ActiveMQJAASSecurityManager security;
    private final int port;
    private final List<QueueConfiguration> queues;
    private final List<String> topics;
    private @Nullable EmbeddedActiveMQ running;

    private ArtemisBroker(Builder builder) throws Exception {
        port = builder.port == 0 ? freePort() : builder.port;
        configuration = configuration(builder, port);
        security = builder.users.isEmpty() ? null : securityManager(builder.users);
        queues = List.copyOf(builder.queues);
        topics = List.copyOf(builder.topics);
    }

    /// A broker that keeps its journal in `folder`.
    public static Builder in(Path folder) {
        return new Builder(folder);
    }

    /// What to start, and how; [#start] ends it.
    public static final class Builder {

        private record User(String name, String password, Set<String> roles) {}

        private record ClosedAddress(String match) {}

        private record OpenAddress(String match, String role, Set<String> permissions) {}

        private final Path folder;
        private final List<QueueConfiguration> queues = new ArrayList<>();
        private final List<String> topics = new ArrayList<>();
        private final List<User> users = new ArrayList<>();
        private final List<ClosedAddress> closed = new ArrayList<>();
        private final List<OpenAddress> open = new ArrayList<>();
        private final List<AddressRule> addresses = new ArrayList<>();
        private final Map<String, String> acceptors = new LinkedHashMap<>();
        private int port;

        private record AddressRule(String match, Consumer<AddressSettings> change) {}

        private Builder(Path folder) {
            this.folder = folder;
        }

        /// @param port to listen on; 0, the default, for a free one, kept over restarts
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /// Declares durable anycast queues.
        public Builder queues(String... names) {
            for (String name : names) {
                queues.add(queue(name));
            }
            return this;
        }

        /// Declares multicast addresses.
        public Builder topics(String... names) {
            topics.addAll(List.of(names));
            return this;
        }

        /// Changes the settings of all addresses that match, `#` for all. They start from: nothing
        /// is created or deleted by itself, 4 delivery attempts, dead letters to `DLQ`.
        public Builder addresses(String match, Consumer<AddressSettings> change) {
            addresses.add(new AddressRule(match, change));
            return this;
        }

        /// Listens at another address too, with another protocol.
        public Builder acceptor(String name, String url) {
            acceptors.put(name, url);
            return this;
        }

        /// Turns security on and adds an account that may do everything that is not
        /// [closed][#close].
        public Builder user(String name, String password) {
            return user(name, password, ROLE);
        }

        /// Turns security on and adds an account with roles of its own, which may do what is
        /// [allowed][#allow] to one of them.
        public Builder user(String name, String password, String... roles) {
            users.add(new User(name, password, Set.of(roles)));
            return this;
        }

        /// Closes an address to everybody, where security is on.
        public Builder close(String match) {
            closed.add(new ClosedAddress(match));
            return this;
        }

        /// Gives all accounts these permissions at an address, and no others, where security is on.
        ///
        /// @param permissions by their names in Artemis' `broker.xml`
        public Builder rights(String match, String... permissions) {
            return allow(match, ROLE, permissions);
        }

        /// Gives all accounts with a role these permissions at an address, and nobody others than
        /// are given by such calls, where security is on.
        public Builder allow(String match, String role, String... permissions) {
            open.add(new OpenAddress(match, role, Set.of(permissions)));
            return this;
        }

        public ArtemisBroker start() throws Exception {
            var broker = new ArtemisBroker(this);
            broker.start();
            return broker;
        }
    }

    public int port() {
        return port;
    }

    /// Where clients of the core protocol and of Jakarta Messaging connect to.
    public String url() {
        return "tcp://localhost:" + port;
    }

    /// Starts the broker, again on the same port and folder if it ran before.
    public void start() throws Exception {
        var broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        if (security != null) {
            broker.setSecurityManager(security);
        }
        broker.start();
        running = broker;
        for (QueueConfiguration queue : queues) {
            server().createQueue(queue, true);
        }
        for (String topic : topics) {
            createTopic(topic);
        }
    }

    /// Stops the broker in good order. Does nothing if it does not run.
    public void stop() throws Exception {
        EmbeddedActiveMQ broker = running;
        running = null;
        if (broker != null) {
            broker.stop();
        }
    }

    /// Stops the broker so that its clients see no more than broken sockets, as in a crash. What
    /// was not confirmed to them may or may not be in the journal.
    public void kill() throws Exception {
        server().getRemotingService().pauseAcceptors();
        cutLinks();
        stop();
    }

    /// Breaks the sockets of all clients; the broker goes on.
    public void cutLinks() {
        server().getRemotingService()
                .getConnections()
                .forEach(connection -> connection.getTransportConnection().forceClose());
    }

    public void createQueue(String name) throws Exception {
        server().createQueue(queue(name), true);
    }

    public void createTopic(String name) throws Exception {
        server().addOrUpdateAddressInfo(
                        new AddressInfo(SimpleString.of(name), RoutingType.MULTICAST));
    }

    /// Removes a queue, its messages and its consumers.
    public void deleteQueue(String name) throws Exception {
        server().destroyQueue(SimpleString.of(name), null, false, true);
    }

    /// A queue as the broker sees it, for its counters.
    public Queue queueNamed(String name) {
        Queue queue = server().locateQueue(name);
        if (queue == null) {
            throw new IllegalStateException("no queue " + name);
        }
        return queue;
    }

    /// How many queues a topic has: one for each subscription at the broker.
    public int topicQueues(String name) throws Exception {
        return subscriptions(name).size();
    }

    /// How many consumers all queues of a topic have together.
    public int topicConsumers(String name) throws Exception {
        return subscriptions(name).stream()
                .mapToInt(queue -> queueNamed(queue.toString()).getConsumerCount())
                .sum();
    }

    private List<SimpleString> subscriptions(String topic) throws Exception {
        return server().bindingQuery(SimpleString.of(topic)).getQueueNames();
    }

    /// The running broker itself.
    public ActiveMQServer server() {
        if (running == null) {
            throw new IllegalStateException("the broker is not running");
        }
        return running.getActiveMQServer();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not stop", e);
        }
    }

    private static QueueConfiguration queue(String name) {
        return QueueConfiguration.of(name)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setAutoCreateAddress(true);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Configuration configuration(Builder builder, int port) throws Exception {
        var configuration = new ConfigurationImpl();
        configuration.setBrokerInstance(builder.folder.toFile());
        configuration
                .setName("artemis")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(4 * 1024 * 1024)
                .setJournalMinFiles(2)
                .setMaxDiskUsage(-1)
                .setJMXManagementEnabled(false)
                .setSecurityEnabled(!builder.users.isEmpty())
                .setJournalDirectory(builder.folder.resolve("journal").toString())
                .setBindingsDirectory(builder.folder.resolve("bindings").toString())
                .setPagingDirectory(builder.folder.resolve("paging").toString())
                .setLargeMessagesDirectory(builder.folder.resolve("large").toString())
                .addAcceptorConfiguration("tcp", "tcp://localhost:" + port + "?protocols=CORE");
        for (Map.Entry<String, String> acceptor : builder.acceptors.entrySet()) {
            configuration.addAcceptorConfiguration(acceptor.getKey(), acceptor.getValue());
        }
        configuration.addAddressSetting("#", settings());
        builder.addresses.forEach(
                rule -> configuration.addAddressSetting(rule.match(), with(rule)));
        configuration.putSecurityRoles("#", Set.of(everything()));
        builder.closed.forEach(
                address -> configuration.putSecurityRoles(address.match(), Set.of()));
        builder.open.stream()
                .collect(
                        Collectors.groupingBy(
                                Builder.OpenAddress::match,
                                Collectors.mapping(ArtemisBroker::role, Collectors.toSet())))
                .forEach(configuration::putSecurityRoles);
        return configuration;
    }

    private static AddressSettings with(Builder.AddressRule rule) {
        AddressSettings settings = settings();
        rule.change().accept(settings);
        return settings;
    }

    private static AddressSettings settings() {
        return new AddressSettings()
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(false)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setMaxDeliveryAttempts(4)
                .setDeadLetterAddress(SimpleString.of("DLQ"));
    }

    private static Role role(Builder.OpenAddress address) {
        Set<String> may = address.permissions();
        return new Role(
                address.role(),
                may.contains("send"),
                may.contains("consume"),
                may.contains("createDurableQueue"),
                may.contains("deleteDurableQueue"),
                may.contains("createNonDurableQueue"),
                may.contains("deleteNonDurableQueue"),
                may.contains("manage"),
                may.contains("browse"),
                may.contains("createAddress"),
                may.contains("deleteAddress"),
                may.contains("view"),
                may.contains("edit"));
    }

    private static Role everything() {
        return new Role(
                ROLE, true, true, true, true, true, true, true, true, true, true, true, true);
    }

    private static ActiveMQJAASSecurityManager securityManager(List<Builder.User> users) {
        var accounts = new SecurityConfiguration();
        for (Builder.User user : users) {
            accounts.addUser(user.name(), user.password());
            user.roles().forEach(role -> accounts.addRole(user.name(), role));
        }
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), accounts);
    }
}

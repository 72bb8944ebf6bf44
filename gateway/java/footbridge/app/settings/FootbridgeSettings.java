package footbridge.app.settings;

import footbridge.access.Way;
import footbridge.app.realm.DatabaseSettings;
import footbridge.app.realm.LdapSettings;
import footbridge.connection.FrameLimit;
import footbridge.jms.Accounts;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.ClientAuth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The operator's settings, each also an environment variable: `footbridge.tcp.port` is
/// `FOOTBRIDGE_TCP_PORT`.
@ConfigMapping(prefix = "footbridge")
public interface FootbridgeSettings {

    /// The folder of the rule files.
    @WithDefault("mappings")
    Path mappings();

    /// How often the folder of the rule files is looked at; 0 for never. A change takes effect when
    /// two looks have found the same.
    @WithDefault("1s")
    Duration reloadInterval();

    /// In which time clients end, each in its turn, whose subscription has a new rule; 0 for at
    /// once.
    @WithDefault("10s")
    Duration reloadSpread();

    /// Whether clients without credentials are let in; they reach only what names `anonymous`.
    @WithDefault("false")
    boolean anonymous();

    /// Whether the page to try the gateway is served at `/`.
    @WithDefault("false")
    boolean page();

    /// Whether the management port tells operators about rules and targets (`/admin/explain`).
    @WithDefault("false")
    boolean admin();

    /// Whether decisions about clients are logged, in the category `footbridge.audit`.
    @WithDefault("false")
    boolean audit();

    /// Whether the log on the console is JSON, a line an object.
    @WithDefault("false")
    boolean logJson();

    /// Further origins whose pages may connect, such as `https://shop.example.com`; `*` for all.
    Optional<Set<String>> origins();

    /// Proxies whose word on where a client comes from is taken: addresses and ranges, such as
    /// `10.0.0.0/8`.
    Optional<Set<String>> trustedProxies();

    /// JMS brokers by the names that rules use.
    Map<String, Jms> jms();

    /// Kafka clusters by the names that rules use.
    Map<String, Kafka> kafka();

    Tcp tcp();

    Tls tls();

    WebSocket websocket();

    SockJs sockjs();

    Login login();

    Console console();

    HeartBeat heartBeat();

    Limits limits();

    Shutdown shutdown();

    /// The operators' console on the management port.
    interface Console {
        /// The role that lets a user in; without one there is no console.
        Optional<String> role();
    }

    /// A JMS broker: an Apache Artemis broker where there is a `url`, else any other.
    interface Jms {
        /// Such as `tcp://broker:61616`.
        Optional<String> url();

        /// Class of another provider's connection factory.
        Optional<String> connectionFactory();

        /// Name of another provider's connection factory in JNDI.
        Optional<String> jndiName();

        /// Folder with the jars of another provider.
        Optional<Path> library();

        /// Of another provider's connection factory, or of the JNDI context.
        Map<String, String> properties();

        /// Most messages that a subscription of another provider holds for its client to settle.
        @WithDefault("10")
        int lanes();

        Optional<String> user();

        Optional<String> password();

        /// Whose account clients have at the broker: `gateway` for that of the gateway, `client`
        /// for each its own.
        @WithDefault("gateway")
        Accounts credentials();

        /// Connections to the broker that all clients of this node share.
        @WithDefault("2")
        int connections();

        /// Longest wait for one answer of the broker.
        @WithDefault("10s")
        Duration callTimeout();

        /// Pause between two attempts to reach a broker that is away.
        @WithDefault("1s")
        Duration reconnectDelay();
    }

    /// A Kafka cluster.
    interface Kafka {
        /// Such as `kafka-1:9092,kafka-2:9092`.
        String bootstrapServers();

        /// Further properties of the Kafka clients, such as `security.protocol`.
        Map<String, String> properties();

        /// Longest time in which a record is confirmed or given up.
        @WithDefault("15s")
        Duration sendTimeout();

        /// Longest wait for one answer of the cluster.
        @WithDefault("3s")
        Duration answerTimeout();

        /// How often the cluster is asked whether it is there.
        @WithDefault("2s")
        Duration probeInterval();

        /// How often readers look for new partitions.
        @WithDefault("10s")
        Duration topicRefresh();

        /// Producers that rules name with `producer`.
        Map<String, Producer> producers();

        /// How many transactions can be committed at once.
        @WithDefault("4")
        int transactionProducers();

        /// What the transactional ids of this node begin with; no two nodes may share it. Of this
        /// run alone when not set.
        Optional<String> transactionalId();

        /// How many subscriptions of this node may be members of groups.
        @WithDefault("200")
        int members();

        /// How many subscriptions of this node may have a consumer of their own at a time because
        /// they are behind their topic's shared reader.
        @WithDefault("16")
        int catchUps();

        /// How many keys newest records are kept of, for snapshots; of all topics together.
        @WithDefault("100000")
        int snapshotKeys();

        /// How much these records may take.
        @WithDefault("64M")
        MemorySize snapshotBytes();
    }

    /// A Kafka producer beside the common one.
    interface Producer {
        /// `none`, `gzip`, `snappy`, `lz4` or `zstd`.
        @WithDefault("none")
        String compression();

        /// How long a record waits for others to share its batch.
        @WithDefault("0s")
        Duration linger();
    }

    /// STOMP over plain TCP.
    interface Tcp {
        @WithDefault("true")
        boolean enabled();

        @WithDefault("0.0.0.0")
        String host();

        @WithDefault("61613")
        int port();
    }

    /// TLS: the certificate of the HTTPS port, and STOMP over TCP on a port of its own.
    interface Tls {
        /// The name of the settings `quarkus.tls.NAME.*`; without one `quarkus.tls.*`, if there is
        /// a key store in it.
        Optional<String> configuration();

        @WithDefault("0.0.0.0")
        String host();

        @WithDefault("61612")
        int port();
    }

    /// STOMP over WebSocket.
    interface WebSocket {
        /// Where it is spoken.
        @WithDefault("/stomp")
        List<String> paths();
    }

    /// STOMP over SockJS.
    interface SockJs {
        @WithDefault("true")
        boolean enabled();

        /// Where it is spoken.
        @WithDefault("/sockjs")
        List<String> paths();

        /// How long a session waits for the next request of its client.
        @WithDefault("5s")
        Duration sessionTimeout();

        /// How often a silent response carries an `h`.
        @WithDefault("25s")
        Duration heartBeat();

        /// Octets after which a streaming response ends.
        @WithDefault("128K")
        MemorySize streamingLimit();

        /// Where the iframe finds the client's library.
        @WithDefault("https://cdn.jsdelivr.net/npm/sockjs-client@1.6.1/dist/sockjs.min.js")
        String libraryUrl();

        /// Whether clients get a JSESSIONID.
        @WithDefault("false")
        boolean cookie();

        /// Whether the applications of the SockJS protocol suite are there; for tests only.
        @WithDefault("false")
        boolean echo();
    }

    /// How clients may prove who they are, and how often they may fail.
    interface Login {
        /// The ways in at this listener; `anonymous` only with `footbridge.anonymous` too.
        @WithDefault("anonymous,passcode,token,certificate")
        Set<Way> websocket();

        @WithDefault("anonymous,passcode,token,certificate")
        Set<Way> sockjs();

        @WithDefault("anonymous,passcode,token,certificate")
        Set<Way> tcp();

        /// That of STOMP over TCP with TLS.
        @WithDefault("anonymous,passcode,token,certificate")
        Set<Way> tls();

        /// Whether a token may come in the sub-protocol `bearer.TOKEN`.
        @WithDefault("false")
        boolean tokenInSubProtocol();

        /// Whether a token may come in the query parameter `access_token`.
        @WithDefault("false")
        boolean tokenInQuery();

        /// Whether TLS asks clients for a certificate: `none`, `request` or `required`.
        @WithDefault("none")
        ClientAuth clientCertificates();

        /// The part of a certificate's subject that is its client's name.
        @WithDefault("CN")
        String certificateName();

        /// The part of a certificate's subject that names roles, such as `OU`.
        Optional<String> certificateRoles();

        /// Where users with passcodes are kept, if in an LDAP directory.
        LdapSettings ldap();

        /// The same, if in a database.
        DatabaseSettings database();

        /// Failed logins from one address within the window before more are refused; 0 for no
        /// limit.
        @WithDefault("20")
        int failuresPerAddress();

        /// The same for one login name.
        @WithDefault("10")
        int failuresPerLogin();

        @WithDefault("1m")
        Duration failureWindow();

        /// Longest wait for whoever checks a passcode or token.
        @WithDefault("10s")
        Duration timeout();
    }

    /// What the gateway offers in CONNECTED.
    interface HeartBeat {
        /// How often it can beat; at least a second, or 0 for never.
        @WithDefault("10s")
        Duration outgoing();

        /// How often it wants to hear from clients; at least a second, or 0 for never.
        @WithDefault("10s")
        Duration incoming();
    }

    /// Bounds of each client connection.
    interface Limits {
        @WithDefault("10s")
        Duration timeToConnect();

        @WithDefault("64")
        int command();

        @WithDefault("16K")
        MemorySize headerLine();

        @WithDefault("1000")
        int headers();

        @WithDefault("16M")
        MemorySize body();

        @WithDefault("64K")
        MemorySize beforeConnected();

        /// Connections of the node.
        @WithDefault("50000")
        int connections();

        /// Connections from one address; 0 for no limit.
        @WithDefault("1000")
        int connectionsPerAddress();

        /// Frames of a client in a second; 0 for no limit.
        @WithDefault("0")
        int framesPerSecond();

        /// What becomes of a client that sends more: `slow`, `refuse`.
        @WithDefault("slow")
        FrameLimit.Excess framesExcess();

        @WithDefault("1000")
        int subscriptions();

        /// Open transactions of a connection.
        @WithDefault("64")
        int transactions();

        /// Frames in one transaction.
        @WithDefault("1024")
        int transactionFrames();

        /// Octets of bodies in one transaction.
        @WithDefault("1M")
        MemorySize transactionBytes();

        /// Temporary queues on which a connection may wait for answers.
        @WithDefault("64")
        int temporaryQueues();

        /// Temporary queues of others that a connection remembers, to answer what it was asked.
        @WithDefault("1000")
        int askers();

        /// Longest queue of a topic's messages towards a client.
        @WithDefault("1M")
        MemorySize queuedBytes();

        @WithDefault("10000")
        int queuedMessages();

        /// A client with more messages that its broker has not confirmed is not read from.
        @WithDefault("1000")
        int unconfirmedSends();

        @WithDefault("16M")
        MemorySize unconfirmedBytes();
    }

    /// How the gateway goes away after SIGTERM.
    interface Shutdown {
        /// How long it says that it is not ready and takes clients all the same, until load
        /// balancers have noticed.
        @WithDefault("0s")
        Duration notice();

        /// Clients that are sent away in a second.
        @WithDefault("500")
        int rate();

        /// Longest time after that until all are gone.
        @WithDefault("10s")
        Duration timeout();

        /// Longest pause that clients are asked for before they come back.
        @WithDefault("10s")
        Duration retryAfter();
    }
}

package footbridge.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// What is measured, by the names of the command line; what strains a server so much that it has
/// not always recovered comes last.
enum Scenario {
    SENDS {
        @Override
        void run(Comparison comparison) {
            comparison.all(() -> new SendLoad(64, 256));
            comparison.all(() -> new SendLoad(1, 256));
            comparison.all(() -> new SendLoad(100, 64));
            comparison.all(() -> new SendLoad(100, 1024));
            comparison.all(() -> new SendLoad(100, 65_536));
        }
    },
    QUEUE {
        @Override
        void run(Comparison comparison) {
            comparison.all(QueueLoad::flatOut);
        }
    },
    TRANSACTIONS {
        @Override
        void run(Comparison comparison) {
            comparison.all(TransactionLoad::new);
        }
    },
    LATENCY {
        @Override
        void run(Comparison comparison) {
            comparison.all(() -> QueueLoad.paced(PACE));
            comparison.plainJms(PACE);
        }
    },
    FANOUT {
        @Override
        void run(Comparison comparison) {
            for (int subscribers : List.of(100, 1_000)) {
                comparison.all(() -> FanOutLoad.flatOut("", "/topic/bench", subscribers));
            }
        }
    },
    /// To more clients than a server takes by its usual limits: ours only, and its ceiling.
    CROWD {
        @Override
        void run(Comparison comparison) {
            comparison.ours(() -> FanOutLoad.flatOut("", "/topic/bench", 5_000));
        }
    },
    KAFKA {
        @Override
        void run(Comparison comparison) {
            for (int subscribers : List.of(100, 1_000)) {
                comparison.ours(() -> FanOutLoad.flatOut("Kafka ", "/topic/kafka", subscribers));
            }
            comparison.ours(QueueLoad::shareGroup);
        }
    },
    SLOW {
        @Override
        void run(Comparison comparison) {
            comparison.ours(() -> FanOutLoad.paced(1_000, 0, 20));
            comparison.ours(() -> FanOutLoad.paced(1_000, 1, 20));
        }
    },
    IDLE {
        @Override
        void run(Comparison comparison) {
            comparison.idle();
        }
    };

    /// Messages a second: about a tenth of what two cores carry.
    private static final int PACE = 1_000;

    abstract void run(Comparison comparison);

    /// One load on several servers by turns.
    interface Comparison {

        /// On every server.
        void all(Supplier<Load> load);

        /// On the builds of the gateway alone.
        void ours(Supplier<Load> load);

        /// What the hop is compared with.
        void plainJms(int perSecond);

        void idle();
    }

    /// One run of something on one server.
    interface Run {
        Measurement on(Server server) throws IOException, InterruptedException;
    }
}

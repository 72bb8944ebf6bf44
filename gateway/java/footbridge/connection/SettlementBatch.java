package footbridge.connection;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Confirmation;
import footbridge.backend.Settlement;
import footbridge.connection.BrokerSide.BrokerAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Settlements for one broker, gathered while a connection's thread has frames to read. Confined to
/// the connection's thread.
final class SettlementBatch {

    private static final int FULL = 500;

    private List<Settlement> settlements = new ArrayList<>();
    private List<String> receipts = new ArrayList<>();

    void add(List<Settlement> more, Optional<String> receipt) {
        settlements.addAll(more);
        receipt.ifPresent(receipts::add);
    }

    boolean isEmpty() {
        return settlements.isEmpty();
    }

    boolean full() {
        return settlements.size() >= FULL;
    }

    /// Hands everything gathered to the broker.
    void settle(BackendSession session, Consumer<BrokerAnswer> answers)
            throws BackendFailure, InterruptedException {
        List<Settlement> batch = settlements;
        List<String> asked = receipts;
        settlements = new ArrayList<>();
        receipts = new ArrayList<>();
        session.settle(
                batch,
                asked.isEmpty() ? Optional.empty() : Optional.of(confirmation(asked, answers)));
    }

    private static Confirmation confirmation(
            List<String> receipts, Consumer<BrokerAnswer> answers) {
        return new Confirmation() {
            @Override
            public void confirmed() {
                answers.accept(new BrokerAnswer.Settled(receipts));
            }

            @Override
            public void failed(BackendFailure why) {
                answers.accept(new BrokerAnswer.Failed(why, receipts));
            }
        };
    }
}

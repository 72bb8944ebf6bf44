package footbridge.connection;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import footbridge.session.SessionAction;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Messages of one client that are with their brokers and not confirmed yet. Confined to the
/// connection's thread, to which the brokers' answers are brought.
final class OpenSends {

    private final Mailbox mailbox;
    private final Reporting reporting;
    private final BiConsumer<Optional<String>, Map<String, String>> confirmed;
    private final BiConsumer<BackendFailure, SessionAction.Send> failed;
    private long bytes;

    /// @param confirmed told the receipt that a confirmed message asks for, and headers for it
    /// @param failed told of one that was not taken
    OpenSends(
            Mailbox mailbox,
            Reporting reporting,
            BiConsumer<Optional<String>, Map<String, String>> confirmed,
            BiConsumer<BackendFailure, SessionAction.Send> failed) {
        this.mailbox = mailbox;
        this.reporting = reporting;
        this.confirmed = confirmed;
        this.failed = failed;
    }

    /// Octets of their bodies.
    long bytes() {
        return bytes;
    }

    /// Counts a message that goes to its broker.
    Confirmation open(SessionAction.Send send) {
        int size = send.message().size();
        bytes += size;
        reporting.sent(send);
        return new Confirmation() {
            @Override
            public void confirmed() {
                confirmed(Map.of());
            }

            @Override
            public void confirmed(Map<String, String> place) {
                mailbox.event(() -> {
                    bytes -= size;
                    reporting.confirmed(send);
                    confirmed.accept(send.receipt(), place);
                });
            }

            @Override
            public void failed(BackendFailure why) {
                mailbox.event(() -> failed.accept(why, send));
            }
        };
    }
}

package footbridge.connection;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import footbridge.backend.Delivery;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.Target;
import footbridge.connection.report.Tracing;
import footbridge.connection.report.Tracing.Span;
import footbridge.session.CloseReason;
import footbridge.session.SessionAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What one connection does with messages, as spans. Confined to the connection's thread.
final class Traces {

    private final Tracing tracing;
    private final String connection;

    Traces(Tracing tracing, String connection) {
        this.tracing = tracing;
        this.connection = connection;
    }

    boolean on() {
        return tracing.on();
    }

    private Tracing.Part part(String rule, Target target) {
        return new Tracing.Part(connection, rule, target);
    }

    /// Sends a message, which tells its broker of the span that ends with the confirmation.
    void send(SessionAction.Send send, BrokerSide brokers, OpenSends sends)
            throws BackendFailure, InterruptedException {
        if (!on()) {
            brokers.send(send, sends.open(send));
            return;
        }
        Span span = tracing.send(send.message(), part(send.rule(), send.target()));
        try {
            brokers.send(with(send, span), ending(span, sends.open(send)));
        } catch (BackendFailure failure) {
            span.fail(failure.kind().code());
            throw failure;
        } catch (InterruptedException leaving) {
            span.fail(CloseReason.GONE.word());
            throw leaving;
        }
    }

    private static SessionAction.Send with(SessionAction.Send send, Span span) {
        return new SessionAction.Send(
                send.target(),
                send.message().with(Tracing.HEADER, span.context()),
                send.receipt(),
                send.rule());
    }

    private static Confirmation ending(Span span, Confirmation confirmation) {
        return new Confirmation() {
            @Override
            public void confirmed() {
                confirmed(Map.of());
            }

            @Override
            public void confirmed(Map<String, String> place) {
                span.end();
                confirmation.confirmed(place);
            }

            @Override
            public void failed(BackendFailure why) {
                span.fail(why.kind().code());
                confirmation.failed(why);
            }
        };
    }

    /// Carries out a transaction: its messages' spans end with it.
    void commit(SessionAction.Commit request, BrokerSide brokers)
            throws BackendFailure, InterruptedException {
        if (!on()) {
            brokers.commit(request);
            return;
        }
        List<Span> spans = new ArrayList<>();
        List<SessionAction.Send> sends = new ArrayList<>();
        for (SessionAction.Send send : request.sends()) {
            Span span = tracing.send(send.message(), part(send.rule(), send.target()));
            spans.add(span);
            sends.add(with(send, span));
        }
        try {
            brokers.commit(
                    new SessionAction.Commit(
                            request.backend(), sends, request.settled(), request.receipt()));
            spans.forEach(Span::end);
        } catch (BackendFailure failure) {
            spans.forEach(span -> span.fail(failure.kind().code()));
            throw failure;
        }
    }

    /// A message goes to the client; ends when its socket has taken it.
    Optional<Span> deliver(Delivery delivery, String rule, Target target) {
        return on()
                ? Optional.of(tracing.deliver(delivery.message(), part(rule, target)))
                : Optional.empty();
    }

    void settle(Delivery delivery, String rule, Target target, Outcome outcome) {
        if (on()) {
            tracing.settle(delivery.message(), part(rule, target), outcome);
        }
    }

    /// How headers change for a client that is told of the gateway's span instead of its cause.
    Optional<UnaryOperator<Map<String, String>>> hiding(
            Optional<UnaryOperator<Map<String, String>>> headers) {
        return on() ? Optional.of(new Hiding(headers)) : headers;
    }

    /// Equal where what comes before is, so that what it makes can be shared.
    private record Hiding(Optional<UnaryOperator<Map<String, String>>> first)
            implements UnaryOperator<Map<String, String>> {

        @Override
        public Map<String, String> apply(Map<String, String> headers) {
            Map<String, String> changed = first.isPresent() ? first.get().apply(headers) : headers;
            if (!changed.containsKey(Tracing.HEADER)) {
                return changed;
            }
            Map<String, String> others = new LinkedHashMap<>(changed);
            others.remove(Tracing.HEADER);
            return others;
        }
    }
}

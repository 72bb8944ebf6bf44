package footbridge.telemetry.trace;

import footbridge.backend.Message;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.Target;
import footbridge.connection.report.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Locale;

/// Spans of OpenTelemetry, with the attributes of its semantic conventions for messaging: `send`
/// until the broker has confirmed, `deliver` until the client's socket has taken the frame,
/// `settle` when the client has said what becomes of the message.
public final class MessageTracing implements Tracing {

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE =
            AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> DESTINATION =
            AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> CLIENT =
            AttributeKey.stringKey("messaging.client.id");
    private static final AttributeKey<Long> BODY_SIZE =
            AttributeKey.longKey("messaging.message.body.size");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> BACKEND =
            AttributeKey.stringKey("footbridge.backend");
    private static final AttributeKey<String> RULE = AttributeKey.stringKey("footbridge.rule");
    private static final AttributeKey<String> OUTCOME =
            AttributeKey.stringKey("footbridge.outcome");

    private final Tracer tracer;

    public MessageTracing(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer("footbridge");
    }

    @Override
    public boolean on() {
        return true;
    }

    @Override
    public Span send(Message message, Part part) {
        return new OpenSpan(begin("send", "send", SpanKind.PRODUCER, message, part).startSpan());
    }

    @Override
    public Span deliver(Message message, Part part) {
        return new OpenSpan(
                begin("deliver", "process", SpanKind.CONSUMER, message, part).startSpan());
    }

    @Override
    public void settle(Message message, Part part, Outcome outcome) {
        String word = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
        begin(
                        outcome == Outcome.ACKNOWLEDGED ? "ack" : "nack",
                        "settle",
                        SpanKind.CLIENT,
                        message,
                        part)
                .setAttribute(OUTCOME, word)
                .startSpan()
                .end();
    }

    /// A span's name has few values, so it ends with the rule and not with the queue.
    private SpanBuilder begin(
            String operation, String type, SpanKind kind, Message message, Part part) {
        return tracer.spanBuilder(operation + " " + part.rule())
                .setParent(Cause.of(message.headers()))
                .setSpanKind(kind)
                .setAttribute(OPERATION, operation)
                .setAttribute(OPERATION_TYPE, type)
                .setAttribute(SYSTEM, system(part.target()))
                .setAttribute(DESTINATION, name(part.target()))
                .setAttribute(CLIENT, part.connection())
                .setAttribute(BODY_SIZE, (long) message.size())
                .setAttribute(BACKEND, part.target().backend())
                .setAttribute(RULE, part.rule());
    }

    private static String system(Target target) {
        return target instanceof Target.KafkaTopic ? "kafka" : "jms";
    }

    private static String name(Target target) {
        return switch (target) {
            case Target.JmsQueue queue -> queue.queue();
            case Target.JmsTopic topic -> topic.topic();
            case Target.JmsTemporaryQueue queue -> queue.name();
            case Target.KafkaTopic topic -> topic.topic();
        };
    }

    /// A span of OpenTelemetry that is not over.
    private record OpenSpan(io.opentelemetry.api.trace.Span span) implements Span {

        @Override
        public String context() {
            return Cause.named(span.getSpanContext());
        }

        @Override
        public void end() {
            span.end();
        }

        @Override
        public void fail(String code) {
            span.setStatus(StatusCode.ERROR).setAttribute(ERROR, code).end();
        }
    }
}

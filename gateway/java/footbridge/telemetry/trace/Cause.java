package footbridge.telemetry.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.extension.trace.propagation.B3Propagator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The span that caused a message, as headers name it: `traceparent` (W3C Trace Context), else `b3`
/// or the `X-B3-...` of Zipkin. What is malformed names nothing.
final class Cause {

    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapPropagator B3 = B3Propagator.injectingSingleHeader();
    private static final TextMapGetter<Map<String, String>> HEADERS = new Getter();

    private Cause() {}

    /// In which a span is to begin.
    static Context of(Map<String, String> headers) {
        Context named = W3C.extract(Context.root(), headers, HEADERS);
        return Span.fromContext(named).getSpanContext().isValid()
                ? named
                : B3.extract(Context.root(), headers, HEADERS);
    }

    /// The value of `traceparent` that names a span.
    static String named(SpanContext span) {
        return "00-"
                + span.getTraceId()
                + "-"
                + span.getSpanId()
                + "-"
                + span.getTraceFlags().asHex();
    }

    private static final class Getter implements TextMapGetter<Map<String, String>> {

        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            if (headers == null) {
                return null;
            }
            String exact = headers.get(name);
            return exact != null ? exact : headers.get(name.toLowerCase(Locale.ROOT));
        }
    }
}

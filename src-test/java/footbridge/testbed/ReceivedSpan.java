package footbridge.testbed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A span as a collector is told of it (opentelemetry/proto/trace/v1/trace.proto).
///
/// @param parent the id of the span that caused it; empty for the first of a trace
/// @param kind 3 for a client, 4 for a producer, 5 for a consumer
/// @param attributes those that are texts or whole numbers
/// @param failed whether its status is an error
public record ReceivedSpan(
        String trace,
        String id,
        String parent,
        String name,
        long kind,
        Map<String, String> attributes,
        boolean failed) {

    /// What is in an ExportTraceServiceRequest: resource spans, in these scope spans, in these
    /// spans.
    static List<ReceivedSpan> read(byte[] request) {
        List<ReceivedSpan> spans = new ArrayList<>();
        for (byte[] resourceSpans : ProtoFields.of(request).all(1)) {
            for (byte[] scopeSpans : ProtoFields.of(resourceSpans).all(2)) {
                ProtoFields.of(scopeSpans).all(2).forEach(span -> spans.add(span(span)));
            }
        }
        return spans;
    }

    private static ReceivedSpan span(byte[] octets) {
        ProtoFields span = ProtoFields.of(octets);
        Map<String, String> attributes = new HashMap<>();
        for (byte[] pair : span.all(9)) {
            ProtoFields attribute = ProtoFields.of(pair);
            attributes.put(text(attribute.first(1)), value(ProtoFields.of(attribute.first(2))));
        }
        HexFormat hex = HexFormat.of();
        return new ReceivedSpan(
                hex.formatHex(span.first(1)),
                hex.formatHex(span.first(2)),
                hex.formatHex(span.first(4)),
                text(span.first(5)),
                span.number(6),
                attributes,
                ProtoFields.of(span.first(15)).number(3) == 2);
    }

    private static String value(ProtoFields any) {
        byte[] text = any.first(1);
        return text.length > 0 ? text(text) : Long.toString(any.number(3));
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}

package footbridge.connection.report;

import footbridge.backend.Message;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.Target;

/// Follows messages from process to process: what the gateway does with one becomes a span of the
/// trace that its headers name, and the headers name that span to whoever comes next. Safe for use
/// by any thread; returns at once.
public interface Tracing {

    /// The header that names a trace and a span (W3C Trace Context), at brokers and at clients.
    String HEADER = "traceparent";

    /// Nothing is followed.
    Tracing OFF = new NoTracing();

    /// Whether anything is followed; where not, nothing else here is called.
    boolean on();

    /// A client's message goes to its broker. It belongs to the trace of its headers, else it
    /// begins one.
    Span send(Message message, Part part);

    /// A broker's message goes to a client.
    Span deliver(Message message, Part part);

    /// A client has settled a message.
    void settle(Message message, Part part, Outcome outcome);

    /// Whose part in a message's way it is.
    ///
    /// @param connection the client's
    /// @param rule the id of the rule that leads to the target
    record Part(String connection, String rule, Target target) {}

    /// What lasts until it is ended, which happens once.
    interface Span {

        /// Names this span as the cause of what comes next: the value of [#HEADER].
        String context();

        void end();

        /// As [#end], and what it was for has not been done.
        ///
        /// @param code the ERROR's
        void fail(String code);
    }
}

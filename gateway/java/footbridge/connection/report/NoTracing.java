package footbridge.connection.report;

import footbridge.backend.Message;
import footbridge.backend.Settlement.Outcome;

/// What stands where nothing is traced.
final class NoTracing implements Tracing {

    @Override
    public boolean on() {
        return false;
    }

    @Override
    public Span send(Message message, Part part) {
        throw off();
    }

    @Override
    public Span deliver(Message message, Part part) {
        throw off();
    }

    @Override
    public void settle(Message message, Part part, Outcome outcome) {
        throw off();
    }

    private static IllegalStateException off() {
        return new IllegalStateException("nothing is traced");
    }
}

package footbridge.testbed;

/// The server has sent octets that are not STOMP.
public final class MalformedFrame extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedFrame(String what) {
        super(what);
    }
}

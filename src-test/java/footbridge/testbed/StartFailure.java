package footbridge.testbed;

/// A process that a test wanted has not started; the message has the end of its log.
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean portTaken;

    StartFailure(String what, String logTail) {
        super(what + ":\n" + logTail);
        portTaken = logTail.contains("in use");
    }

    /// Whether another process has taken one of its ports, so that other ports may help.
    boolean portTaken() {
        return portTaken;
    }
}

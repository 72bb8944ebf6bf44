package footbridge.portable;

/// The messages that a subscription has read in one transaction and that the client's socket has
/// not taken yet. Safe for use by any thread.
final class Batch {

    private int open;
    private boolean dropped;

    synchronized void add() {
        open++;
    }

    synchronized void accepted() {
        open--;
        notifyAll();
    }

    /// Nothing more of it will be accepted.
    synchronized void drop() {
        dropped = true;
        notifyAll();
    }

    /// Returns when all have been accepted, or some never will be.
    ///
    /// @return whether all have been
    synchronized boolean awaitAccepted() throws InterruptedException {
        while (open > 0 && !dropped) {
            wait();
        }
        return open == 0;
    }
}

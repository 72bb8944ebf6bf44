package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;

/// What reads a topic by itself until it is where the topic's shared reader is. One thread at a
/// time calls it, [#isOpen] and [#end] aside.
interface Behind {

    /// Does what can be done without a consumer.
    ///
    /// @return whether that is all
    default boolean prepare() throws BackendFailure, InterruptedException {
        return false;
    }

    /// Goes on with a reader of the topic that nobody else uses.
    ///
    /// @return whether that is all; false if somebody else may have the consumer for a while
    boolean goOn(PartitionReader source) throws InterruptedException;

    /// Waits until it is of use to go on.
    default void awaitRoom() throws InterruptedException {}

    boolean isOpen();

    void end(BackendFailure why);
}

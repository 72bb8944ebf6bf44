package footbridge.connection;

/// How many frames a client may send in a second, and what becomes of one that sends more.
///
/// @param perSecond 0 for no limit
public record FrameLimit(int perSecond, Excess excess) {

    /// What an excess leads to.
    public enum Excess {
        /// The client is read from more slowly.
        SLOW,
        /// An ERROR ends the connection.
        REFUSE
    }
}

package footbridge.conversations;

/// K: ACK and NACK.
final class AcknowledgementTest extends SectionTest {

    AcknowledgementTest() {
        super("K-acknowledgement");
    }
}

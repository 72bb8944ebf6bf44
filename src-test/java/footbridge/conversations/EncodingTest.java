package footbridge.conversations;

/// E: the encoding of the head.
final class EncodingTest extends SectionTest {

    EncodingTest() {
        super("E-encoding");
    }
}

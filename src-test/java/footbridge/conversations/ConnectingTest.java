package footbridge.conversations;

/// C: connecting.
final class ConnectingTest extends SectionTest {

    ConnectingTest() {
        super("C-connecting");
    }
}

package footbridge.conversations;

/// M: MESSAGE.
final class MessagesTest extends SectionTest {

    MessagesTest() {
        super("M-messages");
    }
}

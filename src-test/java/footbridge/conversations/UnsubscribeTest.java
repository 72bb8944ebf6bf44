package footbridge.conversations;

/// U: UNSUBSCRIBE.
final class UnsubscribeTest extends SectionTest {

    UnsubscribeTest() {
        super("U-unsubscribe");
    }
}

package footbridge.conversations;

/// R: receipts.
final class ReceiptsTest extends SectionTest {

    ReceiptsTest() {
        super("R-receipts");
    }
}

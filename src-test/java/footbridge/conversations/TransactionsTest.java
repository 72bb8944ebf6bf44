package footbridge.conversations;

/// T: transactions.
final class TransactionsTest extends SectionTest {

    TransactionsTest() {
        super("T-transactions");
    }
}

package footbridge.conversations;

/// S: subscriptions.
final class SubscriptionsTest extends SectionTest {

    SubscriptionsTest() {
        super("S-subscriptions");
    }
}

package footbridge.conversations;

/// N: the choice of the version.
final class NegotiationTest extends SectionTest {

    NegotiationTest() {
        super("N-negotiation");
    }
}

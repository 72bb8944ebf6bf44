package footbridge.conversations;

/// L: limits.
final class LimitsTest extends SectionTest {

    LimitsTest() {
        super("L-limits");
    }
}

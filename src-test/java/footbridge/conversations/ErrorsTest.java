package footbridge.conversations;

/// X: errors.
final class ErrorsTest extends SectionTest {

    ErrorsTest() {
        super("X-errors");
    }
}

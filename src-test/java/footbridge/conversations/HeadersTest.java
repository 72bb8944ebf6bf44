package footbridge.conversations;

/// H: headers that several frames have.
final class HeadersTest extends SectionTest {

    HeadersTest() {
        super("H-headers");
    }
}

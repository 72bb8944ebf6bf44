package footbridge.conversations;

/// F: frames and lines.
final class FramesTest extends SectionTest {

    FramesTest() {
        super("F-frames");
    }
}

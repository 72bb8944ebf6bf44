package footbridge.conversations;

/// D: DISCONNECT.
final class DisconnectTest extends SectionTest {

    DisconnectTest() {
        super("D-disconnect");
    }
}

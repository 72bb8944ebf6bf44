package footbridge.conversations;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// The conversations of one section of the rules, played in memory in every version.
@ExtendWith(SharedGateways.class)
abstract class SectionTest {

    private final String file;

    SectionTest(String file) {
        this.file = file;
    }

    @TestFactory
    Stream<DynamicTest> conversations(MemoryGateway gateway) {
        return Plays.of(ConversationFile.read(file), Way.MEMORY, gateway);
    }
}

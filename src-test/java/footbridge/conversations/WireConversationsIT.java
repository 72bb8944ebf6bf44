package footbridge.conversations;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// All conversations over the wire, over every transport and in every version.
@ExtendWith(SharedGateways.class)
final class WireConversationsIT {

    @TestFactory
    Stream<DynamicTest> overWebSocketText(WireGateway gateway) {
        return Plays.of(ConversationFile.readAll(), Way.TEXT, gateway);
    }

    @TestFactory
    Stream<DynamicTest> overWebSocketBinary(WireGateway gateway) {
        return Plays.of(ConversationFile.readAll(), Way.BINARY, gateway);
    }

    @TestFactory
    Stream<DynamicTest> overTcp(WireGateway gateway) {
        return Plays.of(ConversationFile.readAll(), Way.TCP, gateway);
    }

    @TestFactory
    Stream<DynamicTest> overSockJs(WireGateway gateway) {
        return Plays.of(ConversationFile.readAll(), Way.SOCKJS, gateway);
    }
}

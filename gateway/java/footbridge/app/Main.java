package footbridge.app;

import footbridge.app.command.Commands;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/// The program: the gateway, or a command that does its work without starting one.
@QuarkusMain
public final class Main {

    Main() {}

    public static void main(String... args) {
        List<String> words = List.of(args);
        if (!words.isEmpty() && Commands.know(words.getFirst())) {
            System.exit(Commands.run(words, System.out, System.err));
        }
        // Netty loads footbridge.transport.RequestDeadlines, and nothing like it unless asked.
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
        Quarkus.run(args);
    }
}

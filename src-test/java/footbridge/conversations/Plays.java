package footbridge.conversations;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Plays conversations, a few at a time, since most of each is waiting; the tests collect what came
/// of them.
final class Plays {

    private static final int AT_A_TIME = 6;

    private Plays() {}

    /// A test for every play: each conversation in each of its versions, over `way` if it may.
    static Stream<DynamicTest> of(List<Conversation> conversations, Way way, Clients clients) {
        ExecutorService stage =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory());
        List<DynamicTest> tests =
                conversations.stream()
                        .filter(conversation -> conversation.ways().contains(way))
                        .flatMap(conversation ->
                                conversation.versions().stream()
                                        .map(version ->
                                                test(stage, conversation, version, way, clients)))
                        .toList();
        stage.shutdown();
        return tests.stream();
    }

    private static DynamicTest test(
            ExecutorService stage, Conversation talk, String version, Way way, Clients clients) {
        Future<?> play =
                stage.submit(() -> {
                    Play.of(talk, version, way, clients);
                    return null;
                });
        return DynamicTest.dynamicTest(talk + " [" + version + "]", () -> await(play));
    }

    private static void await(Future<?> play) throws Exception {
        try {
            play.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}

package footbridge.mapping;

import java.util.Optional;
import java.util.stream.Stream;

/// Destinations that belong to a connection and mean its questions and answers. They are never
/// looked for in the rules.
public final class AnswerDestinations {

    /// In front of the temporary queues that a client asks from.
    public static final String ASKING = "/temp-queue/";

    /// In front of the number of one who asks, for a client that answers.
    public static final String ANSWERING = "/reply-queue/";

    private AnswerDestinations() {}

    /// Which of the two a destination begins with.
    public static Optional<String> prefixOf(String destination) {
        return Stream.of(ASKING, ANSWERING).filter(destination::startsWith).findFirst();
    }
}

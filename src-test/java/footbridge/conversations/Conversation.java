package footbridge.conversations;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What clients say to the gateway and what they are answered.
///
/// @param file name of its file, without extension
/// @param rules the ids of the rules that it proves
/// @param versions the versions of STOMP in which it is played, one play each
/// @param ways what may carry it
/// @param raw whether clients send their CONNECT themselves; otherwise they are connected when they
///   first do something
/// @param others versions of clients that speak another one than the play's
record Conversation(
        String file,
        String title,
        List<String> rules,
        List<String> versions,
        Set<Way> ways,
        boolean raw,
        Map<String, String> others,
        List<Step> steps) {

    Conversation {
        rules = List.copyOf(rules);
        versions = List.copyOf(versions);
        ways = Set.copyOf(ways);
        others = Map.copyOf(others);
        steps = List.copyOf(steps);
    }

    /// The version that a client speaks in a play of `version`.
    String version(String client, String version) {
        return Optional.ofNullable(others.get(client)).orElse(version);
    }

    @Override
    public String toString() {
        return file + ": " + title;
    }
}

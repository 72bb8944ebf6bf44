package footbridge.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a rule's destination differs from one that a client wrote.
///
/// @param distance how far it is from what was written: the smaller, the more likely was it meant
/// @param why for the operator
record Miss(int distance, String why) {

    /// A variable would have to hold what it cannot hold.
    static final int VALUE = 0;

    /// `/` where the other has `.`.
    static final int SEPARATOR = 1;

    /// Another text; by the number of letters in which it differs.
    static final int TEXT = 2;

    /// A text that is another one altogether.
    static final int FAR = 20;

    /// More segments, or fewer.
    static final int LENGTH = 15;

    static Miss of(int distance, String why) {
        return new Miss(distance, why);
    }

    static Miss text(String written, String wanted) {
        return new Miss(
                TEXT + Spelling.distance(written, wanted, FAR),
                "is %s, not %s".formatted(Spelling.quote(written), Spelling.quote(wanted)));
    }

    /// The one thing that keeps the template from answering, if it nearly does: one segment is
    /// different, or one too many or missing, and something is alike.
    ///
    /// @param misses the [#first] of them
    static Optional<Miss> near(DestinationTemplate template, List<Miss> misses) {
        if (misses.size() != 1) {
            return Optional.empty();
        }
        Miss only = misses.getFirst();
        boolean alike = template.segments().size() > 1 || only.distance <= TEXT + 2;
        return alike ? Optional.of(only) : Optional.empty();
    }

    /// What keeps the template from answering for the destination; empty if it answers, and no more
    /// than two.
    static List<Miss> first(DestinationTemplate template, String destination) {
        List<Segment> segments = template.segments();
        List<Miss> misses = new ArrayList<>();
        int count = 0;
        int from = 0;
        while (from < destination.length() && misses.size() < 2) {
            int to =
                    count < segments.size()
                            ? segments.get(count).endIn(destination, from)
                            : Segment.end(destination, from + 1);
            if (count < segments.size()) {
                add(misses, count + 1, segments.get(count), destination, from, to);
            }
            count++;
            from = to;
        }
        int apart = Math.abs(count - segments.size());
        for (int i = 0; i < apart && misses.size() < 2; i++) {
            misses.add(length(count, segments));
        }
        return misses;
    }

    private static void add(
            List<Miss> misses, int number, Segment segment, String destination, int from, int to) {
        char written = destination.charAt(from);
        if (written != segment.separator()) {
            String why =
                    "begins with %s, not with '%s'"
                            .formatted(
                                    Spelling.quote(Character.toString(written)),
                                    segment.separator());
            misses.add(of(SEPARATOR, "segment %d %s".formatted(number, why)));
        }
        segment.miss(destination, from, to)
                .map(miss -> of(miss.distance, "segment %d %s".formatted(number, miss.why)))
                .ifPresent(misses::add);
    }

    private static Miss length(int written, List<Segment> wanted) {
        boolean orMore = wanted.getLast().kind() == Segment.Kind.REST;
        return new Miss(
                LENGTH,
                "cut at '/' and '.', %d %s, not %d%s"
                        .formatted(
                                written,
                                written == 1 ? "segment" : "segments",
                                wanted.size(),
                                orMore ? " or more" : ""));
    }
}

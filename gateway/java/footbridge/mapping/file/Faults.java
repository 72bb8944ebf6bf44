package footbridge.mapping.file;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// The mistakes found in a set of rule files so far: the first [#LIMIT] by place, and a count of
/// the others.
public final class Faults {

    static final int LIMIT = 100;

    private static final Comparator<Fault> ORDER =
            Comparator.comparing(Fault::file)
                    .thenComparingInt(Fault::line)
                    .thenComparingInt(Fault::column)
                    .thenComparing(Fault::message);

    private final TreeSet<Fault> first = new TreeSet<>(ORDER);
    private int unshown;

    void add(Place place, String text) {
        first.add(new Fault(place.file(), place.line(), place.column(), text));
        if (first.size() > LIMIT) {
            first.pollLast();
            unshown++;
        }
    }

    public void throwIfAny() throws InvalidMapping {
        if (!first.isEmpty()) {
            throw new InvalidMapping(List.copyOf(first), unshown);
        }
    }
}

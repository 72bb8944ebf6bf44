package footbridge.mapping.file;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// The rule files hold mistakes and none of them takes effect. Written for the operator.
public final class InvalidMapping extends Exception {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf makes serializable ones
    private final List<Fault> faults;

    private final int unshown;

    /// @param faults sorted; at most [Faults#LIMIT]
    /// @param unshown how many more there are
    InvalidMapping(List<Fault> faults, int unshown) {
        super(faults.stream().map(Fault::toString).collect(joining("\n")) + more(unshown));
        this.faults = List.copyOf(faults);
        this.unshown = unshown;
    }

    /// The mistakes by file and line; the first hundred where there are more.
    public List<Fault> faults() {
        return faults;
    }

    /// How many mistakes there are beside [#faults].
    public int unshown() {
        return unshown;
    }

    private static String more(int unshown) {
        return unshown == 0 ? "" : "\nand %d more".formatted(unshown);
    }
}

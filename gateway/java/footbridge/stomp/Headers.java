package footbridge.stomp;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The headers of a frame in the order in which they came. Of a repeated header only the first is
/// kept (E10). Immutable.
public final class Headers {

    public static final Headers EMPTY = new Headers(new String[0]);

    /// Name, value, name, value ...
    private final String[] flat;

    private Headers(String[] flat) {
        this.flat = flat;
    }

    /// @param namesAndValues name, value, name, value ...
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("the last header has no value");
        }
        Builder builder = new Builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /// The value of `name`, which may be empty; no value if there is no such header.
    public Optional<String> first(String name) {
        return find(flat, flat.length, name);
    }

    /// How many headers there are.
    public int size() {
        return flat.length / 2;
    }

    public String name(int i) {
        return flat[2 * i];
    }

    public String value(int i) {
        return flat[2 * i + 1];
    }

    /// These headers without blanks around their values: the padding of 1.0 (E9, ambiguity 7).
    Headers trimmed() {
        String[] trimmed = flat.clone();
        for (int i = 1; i < trimmed.length; i += 2) {
            trimmed[i] = trim(trimmed[i]);
        }
        return new Headers(trimmed);
    }

    /// `value` without the spaces and tabs around it.
    static String trim(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static Optional<String> find(String[] flat, int end, String name) {
        for (int i = 0; i < end; i += 2) {
            if (flat[i].equals(name)) {
                return Optional.of(flat[i + 1]);
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers headers && Arrays.equals(flat, headers.flat);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(flat);
    }

    /// For tests and debuggers; shows no passcode and no token.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size(); i++) {
            boolean secret =
                    name(i).equals("passcode") || name(i).equalsIgnoreCase("authorization");
            String value = secret ? "***" : value(i);
            text.append(i == 0 ? "" : ", ").append(name(i)).append('=').append(value);
        }
        return text.append('}').toString();
    }

    /// Collects headers. Not safe for use by several threads.
    static final class Builder {

        /// From here on a set finds the repeated names: a frame of a thousand short headers shall
        /// not cost half a million comparisons.
        private static final int FEW = 32;

        private String[] flat = new String[16];
        private int end;
        private final Set<String> names = new HashSet<>();

        /// Ignored if there is a header of this name already (E10).
        void add(String name, String value) {
            if (isRepeated(name)) {
                return;
            }
            if (end == flat.length) {
                flat = Arrays.copyOf(flat, 2 * end);
            }
            flat[end++] = name;
            flat[end++] = value;
        }

        Optional<String> first(String name) {
            return find(flat, end, name);
        }

        Headers build() {
            return end == 0 ? EMPTY : new Headers(Arrays.copyOf(flat, end));
        }

        void reset() {
            if (flat.length > 2 * FEW) {
                flat = new String[16];
            } else {
                Arrays.fill(flat, 0, end, null);
            }
            names.clear();
            end = 0;
        }

        private boolean isRepeated(String name) {
            if (end < 2 * FEW) {
                return find(flat, end, name).isPresent();
            }
            if (end == 2 * FEW && names.isEmpty()) {
                for (int i = 0; i < end; i += 2) {
                    names.add(flat[i]);
                }
            }
            return !names.add(name);
        }
    }
}

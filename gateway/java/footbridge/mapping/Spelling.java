package footbridge.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the word that was meant, and shows words of a file in messages.
public final class Spelling {

    private static final int LONGEST_SHOWN = 60;

    private Spelling() {}

    /// The word in quotes; shortened, and without characters that would disturb a terminal.
    public static String quote(String word) {
        String shown =
                word.length() > LONGEST_SHOWN ? word.substring(0, LONGEST_SHOWN) + "..." : word;
        StringBuilder clean = new StringBuilder("'");
        shown.chars().forEach(c -> clean.append(isSeen(c) ? (char) c : '?'));
        return clean.append('\'').toString();
    }

    /// Whether the character shows and stays in its place.
    public static boolean isSeen(int c) {
        return !Character.isISOControl(c)
                && Character.isDefined(c)
                && Character.getType(c) != Character.FORMAT;
    }

    /// `; did you mean 'x'? ` where one of the known words is close, else `; `: goes between what
    /// is wrong and what would be right.
    public static String suggest(String word, Collection<String> known) {
        return closest(word, known).map("; did you mean '%s'? "::formatted).orElse("; ");
    }

    private static Optional<String> closest(String word, Collection<String> known) {
        if (word.length() > LONGEST_SHOWN) {
            return Optional.empty();
        }
        int limit = word.length() <= 3 ? 1 : 2;
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= limit)
                .min(
                        Comparator.comparingInt((String candidate) -> distance(word, candidate))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// As the distance of the two words, but never more than `most`, and cheap for long ones.
    static int distance(String a, String b, int most) {
        boolean apart = Math.abs(a.length() - b.length()) >= most;
        return apart || Math.max(a.length(), b.length()) > LONGEST_SHOWN
                ? most
                : Math.min(distance(a, b), most);
    }

    /// How many characters must be put in, taken out or replaced to get from one to the other
    /// (Levenshtein).
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

package footbridge.mapping.file;

import footbridge.mapping.Part;
import footbridge.mapping.SafeText;
import footbridge.mapping.Segment;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/// Whether some text answers to two segments of templates.
///
/// Walks through both at once: a state is a place in each, and a step takes the same character in
/// both. A variable is [#ONE] safe character and then [#MORE] of them.
public final class Overlap {

    private static final char ONE = '\uFFFE';
    private static final char MORE = '\uFFFF';

    private final String a;
    private final String b;
    private final BitSet seen = new BitSet();
    private final Deque<Integer> open = new ArrayDeque<>();

    private Overlap(Segment a, Segment b) {
        this.a = spell(a);
        this.b = spell(b);
    }

    public static boolean exists(Segment a, Segment b) {
        return beginAlike(a, b) && new Overlap(a, b).search();
    }

    /// Settles most cases at little cost, where there are many rules.
    private static boolean beginAlike(Segment a, Segment b) {
        if (a.parts().isEmpty() || b.parts().isEmpty()) {
            return true;
        }
        if (a.parts().getFirst() instanceof Part.Literal(var left)
                && b.parts().getFirst() instanceof Part.Literal(var right)) {
            return left.startsWith(right) || right.startsWith(left);
        }
        return true;
    }

    private boolean search() {
        visit(0, 0);
        while (!open.isEmpty()) {
            int state = open.pop();
            int i = state / (b.length() + 1);
            int j = state % (b.length() + 1);
            if (i == a.length() && j == b.length()) {
                return true;
            }
            step(i, j);
        }
        return false;
    }

    private void step(int i, int j) {
        boolean moreOfA = i < a.length() && a.charAt(i) == MORE;
        boolean moreOfB = j < b.length() && b.charAt(j) == MORE;
        if (moreOfA) {
            visit(i + 1, j);
        }
        if (moreOfB) {
            visit(i, j + 1);
        }
        if (i < a.length() && j < b.length() && agree(a.charAt(i), b.charAt(j))) {
            visit(moreOfA ? i : i + 1, moreOfB ? j : j + 1);
        }
    }

    private void visit(int i, int j) {
        int state = i * (b.length() + 1) + j;
        if (!seen.get(state)) {
            seen.set(state);
            open.push(state);
        }
    }

    private static boolean agree(char a, char b) {
        if (isVariable(a)) {
            return isVariable(b) || SafeText.isSafe(b);
        }
        return isVariable(b) ? SafeText.isSafe(a) : a == b;
    }

    private static boolean isVariable(char c) {
        return c == ONE || c == MORE;
    }

    private static String spell(Segment segment) {
        StringBuilder text = new StringBuilder().append(segment.separator());
        for (Part part : segment.parts()) {
            if (part instanceof Part.Literal literal) {
                text.append(literal.text());
            } else {
                text.append(ONE).append(MORE);
            }
        }
        return text.toString();
    }
}

package footbridge.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Recognises known words, 127 at most, in octets without making a `String` of them first.
final class WireWords {

    private final byte[][] words;

    /// An open hash table: index of a word plus one, zero where free; at least half of it is free.
    private final byte[] slots;

    WireWords(String... words) {
        this.words = new byte[words.length][];
        this.slots = new byte[Integer.highestOneBit(words.length) * 4];
        for (int i = 0; i < words.length; i++) {
            this.words[i] = words[i].getBytes(StandardCharsets.US_ASCII);
            slots[freeSlot(this.words[i])] = (byte) (i + 1);
        }
    }

    /// The index of the word that these octets spell, in the order of the constructor; or -1.
    int find(byte[] octets, int from, int to) {
        if (from == to) {
            return -1;
        }
        int slot = hash(octets, from, to);
        while (slots[slot] != 0) {
            byte[] word = words[slots[slot] - 1];
            if (Arrays.equals(word, 0, word.length, octets, from, to)) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    private int freeSlot(byte[] word) {
        int slot = hash(word, 0, word.length);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int hash(byte[] octets, int from, int to) {
        int length = to - from;
        int hash = length * 31 + octets[from];
        hash = hash * 31 + octets[from + length / 2];
        hash = hash * 31 + octets[to - 1];
        return (hash ^ (hash >>> 7)) & (slots.length - 1);
    }
}

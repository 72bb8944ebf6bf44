package footbridge.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Compares with the JDK's own strict decoder.
class Utf8Test {

    @Test
    void everySequenceOfTwoOctetsIsJudgedRight() {
        for (int pair = 0; pair < 0x10000; pair++) {
            judge(new byte[] {(byte) (pair >> 8), (byte) pair});
        }
    }

    @Test
    void everyBeginningOfLongerSequencesIsJudgedRight() {
        byte[] ends = {0x7f, (byte) 0x80, (byte) 0xbf, (byte) 0xc0};
        for (int pair = 0xe000; pair < 0x10000; pair++) {
            for (byte third : ends) {
                judge(new byte[] {(byte) (pair >> 8), (byte) pair, third});
                for (byte fourth : ends) {
                    judge(new byte[] {(byte) (pair >> 8), (byte) pair, third, fourth});
                }
            }
        }
    }

    @Test
    void mixedTextIsJudgedRightAtEveryCut() {
        byte[] text =
                "plain ascii text, \u00e9\u20ac\ud83d\ude00 and again more than eight \u00fc"
                        .getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < text.length; from++) {
            for (int to = from; to <= text.length; to++) {
                judge(Arrays.copyOfRange(text, from, to));
            }
        }
    }

    @Test
    void randomOctetsAreJudgedRight() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = new byte[random.nextInt(24)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 'a');
            }
            judge(octets);
        }
    }

    @Test
    void oneOctetIsFoundWhereverItStandsInALongText() {
        for (int at = 0; at < 1_300; at++) {
            byte[] octets = new byte[1_300];
            octets[at] = (byte) 0xc3;
            judge(octets);
            judge(Arrays.copyOf(octets, at + 1));
        }
    }

    private static void judge(byte[] octets) {
        if (Utf8.isValid(ByteBuffer.wrap(octets)) != jdkSaysValid(octets)) {
            assertThat(octets).as("judged wrong").isEmpty();
        }
    }

    private static boolean jdkSaysValid(byte[] octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}

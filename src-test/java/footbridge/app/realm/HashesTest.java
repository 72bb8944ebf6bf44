package footbridge.app.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HashesTest {

    /// Written by other programs than Elytron.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2y$05$abcdefghijklmnopqrstuuKcS.CYWVYVaLiiCKrrc0A5s3mGesJ9O",
                "$2b$05$abcdefghijklmnopqrstuuKcS.CYWVYVaLiiCKrrc0A5s3mGesJ9O",
                "$2a$05$abcdefghijklmnopqrstuuKcS.CYWVYVaLiiCKrrc0A5s3mGesJ9O",
                "$5$abcdefgh$4PbtPZdUc33o7LmNsM4HTsjYbIhyCeh4aCe.rEbHkq1",
                "$6$abcdefgh$Bk2D4uYVcw0FbFPsWa0iJZ1DNfy8v6OjKcRcuBfMkWD1KdADPVnmQf5cr0O8HfAYpq1XrrjdgIRINkwgSKJ8/1"
            })
    void hashesOfOtherProgramsAreUnderstood(String hash) throws Exception {
        assertThat(Hashes.match(hash, "sesame".toCharArray())).isTrue();
        assertThat(Hashes.match(hash, "Sesame".toCharArray())).isFalse();
        assertThat(Hashes.match(hash, new char[0])).isFalse();
    }

    @Test
    void whatIsNoHashIsNoPasscode() {
        assertThatThrownBy(() -> Hashes.match("sesame", "sesame".toCharArray()))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> Hashes.match("$9$x$y", "sesame".toCharArray()))
                .isInstanceOf(GeneralSecurityException.class);
    }
}

package footbridge.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStringsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"a\"]",
                " [ \"a\" ,\n\"[{7\" ] ",
                "\"a\"",
                "[\"\\\"]\\\\\"]",
                "[\"a"
            })
    void stringsAreTaken(String json) {
        assertThat(JsonStrings.only(json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[null]", "[\"a\",1]", "[[\"a\"]]", "{}", "true", "[\"a\",{\"b\":\"c\"}]"})
    void whatElseJsonHasIsNot(String json) {
        assertThat(JsonStrings.only(json)).isFalse();
    }
}

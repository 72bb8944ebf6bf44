package footbridge.jms.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import footbridge.backend.BackendFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SelectorTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    region = 'eu'                         |                            | region = 'eu'
                    "content-type" = 'text/plain'         |                            | content_HYPHEN_type = 'text/plain'
                    "priority" > 5                        | convert_string_expressions:| AMQPriority > 5
                    "correlation-id" LIKE 'a-%'           |                            | JMSCorrelationID LIKE 'a-%'
                    "a""b" IS NULL                        |                            | a_x0022_b IS NULL
                    JMSPriority = 9                       | convert_string_expressions:| AMQPriority = 9
                    JMSDeliveryMode = 'PERSISTENT'        |                            | AMQDurable = 'DURABLE'
                    hyphenated_props: my-name = 'it''s "' |                            | my_HYPHEN_name = 'it''s "'
                    a-b > 3                               | convert_string_expressions:| a-b > 3
                    sure = true                           | convert_string_expressions:| sure = true
                    x1 = 'a 5 TRUE'                       |                            | x1 = 'a 5 TRUE'
                    convert_string_expressions:n = m      | convert_string_expressions:| n = m
                    n IN ('1') AND r = 1.5E3              | convert_string_expressions:| n IN ('1') AND r = 1.5E3
                    """)
    void selectorsAreWrittenAs(String selector, String prefix, String filter) throws Exception {
        assertThat(SelectorText.translate(selector))
                .isEqualTo(new Filter.Condition(prefix == null ? "" : prefix, filter));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 'open",
                "\"open = 'a'",
                "\"\" = 'a'",
                "\"message-id\" = 'a'",
                "\"persistent\" = 'true'",
                "XPATH '//secret'",
                "NOT xquery 'x'"
            })
    void whatCannotBeSelectedByIsRefused(String selector) {
        assertThatThrownBy(() -> SelectorText.translate(selector))
                .isInstanceOfSatisfying(
                        BackendFailure.class,
                        failure ->
                                assertThat(failure.kind())
                                        .isEqualTo(BackendFailure.Kind.INVALID_SELECTOR));
    }
}

package footbridge.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.BackendFailure.Kind;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void outcomeIsUnknownOnlyAfterTheRecordWasHandedOver() {
        assertThat(sent(new TimeoutException())).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(sent(new NotEnoughReplicasAfterAppendException("")))
                .isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(Failures.ofSend(new TimeoutException(), false).kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void eachRefusalHasItsOwnKind() {
        assertThat(sent(new RecordTooLargeException())).isEqualTo(Kind.TOO_LARGE);
        assertThat(sent(new BufferExhaustedException(""))).isEqualTo(Kind.FULL);
        assertThat(sent(new TopicAuthorizationException("t"))).isEqualTo(Kind.FORBIDDEN);
        assertThat(sent(new SaslAuthenticationException("t"))).isEqualTo(Kind.FORBIDDEN);
        assertThat(sent(new UnknownTopicOrPartitionException())).isEqualTo(Kind.NO_SUCH_TARGET);
        assertThat(sent(new NotEnoughReplicasException())).isEqualTo(Kind.UNAVAILABLE);
        assertThat(sent(new InvalidRecordException(""))).isEqualTo(Kind.REFUSED);
    }

    @Test
    void failureBehindAFailureIsFound() {
        Exception forbidden = new ClusterAuthorizationException("host secret");

        assertThat(sent(new KafkaException("earlier failure", forbidden)))
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(Failures.of(new ExecutionException(forbidden)).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void clientIsNotToldTheTextOfAnException() {
        assertThat(Failures.of(new ClusterAuthorizationException("host secret")))
                .hasMessageNotContaining("secret");
    }

    private static Kind sent(Exception failure) {
        return Failures.ofSend(failure, true).kind();
    }
}

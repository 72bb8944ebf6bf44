package footbridge.jms.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {

    @ParameterizedTest
    @EnumSource(
            names = {"DISCONNECTED", "INTERNAL_ERROR", "IO_ERROR", "NOT_CONNECTED", "UNBLOCKED"})
    void aBrokerThatDiesHasNotRefused(ActiveMQExceptionType type) {
        assertThat(Failures.linkLost(type.createException("AMQ219013"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ADDRESS_FULL", "QUEUE_DOES_NOT_EXIST", "SECURITY_EXCEPTION"})
    void aRefusalIsNoLoss(ActiveMQExceptionType type) {
        assertThat(Failures.linkLost(type.createException("AMQ229032"))).isFalse();
    }
}

package footbridge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Arrival ANN = from("192.0.2.1", false);
    private static final Arrival BOB = from("192.0.2.2", false);
    private static final Arrival PROXIED = from("10.0.0.1", true);

    private static Arrival from(String address, boolean shared) {
        return new Arrival("tcp", address, shared, Optional.empty(), Optional.empty());
    }

    @Test
    void theNodeTakesAsManyAsItMay() {
        var admission = new Admission(2, 0);
        assertThat(admission.admit(ANN)).isEmpty();
        assertThat(admission.admit(ANN)).isEmpty();

        assertThat(admission.admit(BOB)).isPresent();
        admission.leave(ANN);
        assertThat(admission.admit(BOB)).isEmpty();
    }

    @Test
    void anAddressHasAsManyAsItMay() {
        var admission = new Admission(10, 2);
        assertThat(admission.admit(ANN)).isEmpty();
        assertThat(admission.admit(ANN)).isEmpty();

        assertThat(admission.admit(ANN))
                .hasValueSatisfying(why -> assertThat(why).contains("address"));
        assertThat(admission.admit(BOB)).isEmpty();
        admission.leave(ANN);
        assertThat(admission.admit(ANN)).isEmpty();
        assertThat(admission.admit(ANN)).isPresent();
    }

    @Test
    void whoeverIsRefusedTakesNoPlaceOfTheNode() {
        var admission = new Admission(3, 1);
        assertThat(admission.admit(ANN)).isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(admission.admit(ANN)).isPresent();
        }

        assertThat(admission.admit(BOB)).isEmpty();
    }

    @Test
    void clientsOfUnknownAddressCountForTheNodeOnly() {
        var admission = new Admission(3, 1);
        assertThat(admission.admit(PROXIED)).isEmpty();
        assertThat(admission.admit(PROXIED)).isEmpty();
        assertThat(admission.admit(PROXIED)).isEmpty();

        assertThat(admission.admit(PROXIED)).isPresent();
    }
}

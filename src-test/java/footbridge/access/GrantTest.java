package footbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantTest {

    private static final Identity ANN =
            new Identity("ann", Set.of("desk", "trader"), false, Map.of("tenant", "acme"));
    private static final Identity BOB = new Identity("bob", Set.of(), false);

    @Test
    void eachSortOfEntryAdmitsWhomItNames() {
        assertThat(grant(new Admission.Role("desk")).admits(ANN)).isTrue();
        assertThat(grant(new Admission.Role("desk")).admits(BOB)).isFalse();
        assertThat(grant(new Admission.User("ann")).admits(ANN)).isTrue();
        assertThat(grant(new Admission.User("ann")).admits(BOB)).isFalse();
        assertThat(grant(new Admission.Claim("tenant", "acme")).admits(ANN)).isTrue();
        assertThat(grant(new Admission.Claim("tenant", "acm")).admits(ANN)).isFalse();
        assertThat(grant(new Admission.Claim("tenant", "acme")).admits(BOB)).isFalse();
        assertThat(grant(new Admission.LoggedIn()).admits(BOB)).isTrue();
        assertThat(Grant.NOBODY.admits(ANN)).isFalse();
    }

    @Test
    void anAnonymousClientIsAdmittedOnlyWithEveryone() {
        assertThat(grant(new Admission.Anyone()).admits(Identity.ANONYMOUS)).isTrue();
        assertThat(grant(new Admission.LoggedIn()).admits(Identity.ANONYMOUS)).isFalse();
        assertThat(grant(new Admission.User("anonymous")).admits(Identity.ANONYMOUS)).isFalse();
        assertThat(grant(new Admission.Role("anonymous")).admits(Identity.ANONYMOUS)).isFalse();
    }

    @Test
    void theMostGeneralEntryIsTheReason() {
        Grant grant =
                grant(
                        new Admission.User("ann"),
                        new Admission.Claim("tenant", "acme"),
                        new Admission.Role("trader"),
                        new Admission.Role("desk"));

        assertThat(grant.admitting(ANN)).contains(new Admission.Role("desk"));
        assertThat(grant.admitting(BOB)).isEmpty();
    }

    private static Grant grant(Admission... entries) {
        return new Grant(List.of(entries));
    }
}

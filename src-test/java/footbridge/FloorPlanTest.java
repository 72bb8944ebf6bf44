package footbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import footbridge.FloorPlan.Room;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the gateway to its floor plan, and shows on a deliberate breach that each rule can fail.
class FloorPlanTest {

    private static final FloorPlanRules GATEWAY = new FloorPlanRules("footbridge");
    private static final FloorPlanRules BREACH = new FloorPlanRules("footbridge.floorplan.breach");

    private static final JavaClasses GATEWAY_CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(GATEWAY.root());
    private static final JavaClasses BREACH_CLASSES =
            new ClassFileImporter().importPackages(BREACH.root());

    static Stream<ArchRule> rules() {
        return Stream.of(
                GATEWAY.everyClassLivesInARoom(),
                GATEWAY.roomsImportOnlyWhatTheyMay(),
                GATEWAY.roomsUseOnlyTheirLibraries(),
                GATEWAY.roomsFormNoCycle(),
                GATEWAY.foldersFormNoCycle());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void gatewayKeepsToTheFloorPlan(ArchRule rule) {
        rule.check(GATEWAY_CLASSES);
    }

    @Test
    void arrowsOnlyPointDown() {
        for (Room room : FloorPlan.ROOMS) {
            assertThat(room.imports())
                    .as(room.name())
                    .allMatch(below -> FloorPlan.room(below).floor() < room.floor());
        }
    }

    @Test
    void classOutsideOfTheRoomsIsABreach() {
        assertThat(breachesOf(BREACH.everyClassLivesInARoom()))
                .hasSize(2)
                .anyMatch(breach -> breach.contains("breach.Homeless lives in no room"))
                .anyMatch(breach -> breach.contains("attic.Forgotten lives in no room"));
    }

    @Test
    void importOfARoomThatIsNotBelowIsABreach() {
        assertThat(breachesOf(BREACH.roomsImportOnlyWhatTheyMay()))
                .anyMatch(breach ->
                        breach.contains("stomp.ReadsRules") && breach.contains("mapping.Rules"))
                .anyMatch(breach ->
                        breach.contains("session.Talks") && breach.contains("attic.Forgotten"))
                .noneMatch(breach -> breach.contains("app.Shortcut"));
    }

    @Test
    void foreignLibraryIsABreach() {
        assertThat(breachesOf(BREACH.roomsUseOnlyTheirLibraries()))
                .as("JDK and platform are no breach")
                .hasSize(2)
                .anyMatch(breach ->
                        breach.contains("session.Talks") && breach.contains("jakarta.jms"))
                .anyMatch(breach ->
                        breach.contains("app.Shortcut") && breach.contains("apache.kafka"));
    }

    @Test
    void cycleIsABreach() {
        assertThat(breachesOf(BREACH.roomsFormNoCycle()))
                .anyMatch(breach ->
                        breach.contains("Slice mapping") && breach.contains("Slice stomp"));
    }

    private static List<String> breachesOf(ArchRule rule) {
        return rule.evaluate(BREACH_CLASSES).getFailureReport().getDetails();
    }
}

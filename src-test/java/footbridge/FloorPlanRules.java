package footbridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import footbridge.FloorPlan.Room;
import java.util.Optional;
import java.util.function.BiPredicate;

/// The floor plan as rules about classes whose rooms are folders of the package `root`.
record FloorPlanRules(String root) {

    ArchRule everyClassLivesInARoom() {
        return classes()
                .should(
                        new ArchCondition<JavaClass>("live in a room of the floor plan") {
                            @Override
                            public void check(JavaClass item, ConditionEvents events) {
                                boolean housed =
                                        FloorPlan.roomOf(item.getPackageName(), root).isPresent();
                                String message = item.getName() + " lives in no room";
                                events.add(new SimpleConditionEvent(item, housed, message));
                            }
                        });
    }

    ArchRule roomsImportOnlyWhatTheyMay() {
        return dependencies(
                "import only the rooms that the floor plan allows",
                (room, target) ->
                        FloorPlan.roomOf(packageOf(target), root)
                                .map(room::mayImport)
                                .orElseGet(() -> !isOurs(target)));
    }

    ArchRule roomsUseOnlyTheirLibraries() {
        return dependencies(
                "use only the outside libraries that the floor plan allows",
                (room, target) -> isOurs(target) || room.mayUse(packageOf(target)));
    }

    ArchRule roomsFormNoCycle() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    /// Folders within a room, too: one that is used by another does not use it.
    ArchRule foldersFormNoCycle() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    private ArchRule dependencies(String rule, BiPredicate<Room, JavaClass> allowed) {
        return classes()
                .should(
                        new ArchCondition<JavaClass>(rule) {
                            @Override
                            public void check(JavaClass item, ConditionEvents events) {
                                Optional<Room> room = FloorPlan.roomOf(item.getPackageName(), root);
                                for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                                    boolean fine =
                                            room.isEmpty()
                                                    || allowed.test(
                                                            room.get(),
                                                            dependency.getTargetClass());
                                    events.add(
                                            new SimpleConditionEvent(
                                                    dependency, fine, dependency.getDescription()));
                                }
                            }
                        });
    }

    private boolean isOurs(JavaClass target) {
        return (packageOf(target) + ".").startsWith(root + ".");
    }

    private static String packageOf(JavaClass target) {
        return target.getBaseComponentType().getPackageName();
    }
}
